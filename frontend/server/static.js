/** Serve the built page: files as they are, every other address as the page itself. */

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { promisify } from 'node:util'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const FOR_EVER = 'public, max-age=31536000, immutable'
const ENCODERS = {
  br: (body) =>
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
  gzip: promisify(gzip),
}

/** Serve `directory` under `base` on a port of this computer; 0 takes a free one. */
export async function serve(port, { directory = DIST, base = '/' } = {}) {
  const packed = new Map()
  const server = createServer((request, response) => {
    answer(request, response, directory, base, packed).catch(() => response.writeHead(500).end())
  })
  await new Promise((resolve, reject) =>
    server.once('error', reject).listen(port, 'localhost', resolve),
  )
  return server
}

async function answer(request, response, directory, base, packed) {
  if (!['GET', 'HEAD'].includes(request.method))
    return response.writeHead(405, { Allow: 'GET, HEAD' }).end()
  const { pathname } = new URL(request.url, 'http://localhost')
  const file = await find(directory, decode(pathname), base)
  const encoding = Object.keys(ENCODERS).find((one) =>
    request.headers['accept-encoding']?.includes(one),
  )
  const body = await encoded(file, encoding, packed)
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file.path)] ?? 'application/octet-stream',
    'Content-Length': body.length,
    'Cache-Control': pathname.includes('/assets/') ? FOR_EVER : 'no-cache',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    Vary: 'Accept-Encoding',
    ...(encoding ? { 'Content-Encoding': encoding } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

function decode(pathname) {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return '/'
  }
}

/** The file of this address; the page itself has the addresses that are no file's. */
async function find(directory, pathname, base) {
  const below = pathname.startsWith(base) ? pathname.slice(base.length) : pathname
  const path = join(directory, normalize(`/${below}`))
  if (extname(path)) {
    const body = await readFile(path).catch(() => null)
    if (body) return { path, body }
  }
  const page = join(directory, 'index.html')
  return { path: page, body: await readFile(page) }
}

async function encoded({ path, body }, encoding, packed) {
  if (!encoding) return body
  const key = `${encoding} ${path}`
  const known = packed.get(key)
  if (known?.body.equals(body)) return known.encoded
  const encoded = await ENCODERS[encoding](body)
  packed.set(key, { body, encoded })
  return encoded
}
