/** Write src/api/schema.ts: npm run types. */

import { writeFile } from 'node:fs/promises'

import { schemaTypes } from './schema.js'

await writeFile(new URL('../src/api/schema.ts', import.meta.url), await schemaTypes())
