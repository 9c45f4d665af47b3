import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { schemaTypes } from '../../scripts/schema.js'

test('the types are those of the service of this checkout', async () => {
  const kept = readFileSync(new URL('../../src/api/schema.ts', import.meta.url), 'utf8')
  expect(kept, 'run: npm run types').toBe(await schemaTypes())
}, 60_000)
