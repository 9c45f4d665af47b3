/** The types of what the service's routes take and answer, from its own document. */

import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import openapiTS, { astToString } from 'openapi-typescript'

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))
const LARGEST_DOCUMENT = 64 * 1024 * 1024
const HEADER = '// Made from the document of the service: npm run types.\n\n'
// What is only for people changes often and makes no type.
const PROSE = [
  'description',
  'summary',
  'example',
  'examples',
  'externalDocs',
  'tags',
  'operationId',
]

/** Return the source of src/api/schema.ts for this checkout's service. */
export async function schemaTypes() {
  const { stdout } = await promisify(execFile)('.venv/bin/python', ['-m', 'api.openapi'], {
    cwd: CHECKOUT,
    maxBuffer: LARGEST_DOCUMENT,
  })
  return HEADER + astToString(await openapiTS(withoutProse(JSON.parse(stdout))))
}

/** Leave out the prose; a property may well have such a name. */
function withoutProse(node, isMap = false) {
  if (Array.isArray(node)) return node.map((item) => withoutProse(item))
  if (node === null || typeof node !== 'object') return node
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name]) => isMap || !PROSE.includes(name))
      .map(([name, value]) => [name, withoutProse(value, name === 'properties')]),
  )
}
