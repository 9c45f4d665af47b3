/** A file on its way to the service, with what has left this computer so far. */

import {
  address,
  type Answer,
  away,
  note,
  ownHeaders,
  type Query,
  refusal,
  untilReady,
} from './client'
import { Cancelled, Interrupted } from './errors'
import { ASYNCHRONOUS } from './jobs'

export interface Upload {
  query?: Query
  signal?: AbortSignal
  onSent?: (share: number) => void
  asynchronous?: boolean
}

const ANY_FILE = 'application/octet-stream'

/** Send a file once. Throws ApiError for what is wrong with it, Interrupted if the connection breaks. */
export async function upload<T>(
  path: string,
  file: File,
  options: Upload = {},
): Promise<Answer<T>> {
  await untilReady(options.signal)
  const response = await transfer(path, file, options)
  if (!response.ok) throw refusal(response.status, response.text, response.headers)
  note(response.headers)
  const data = (response.text ? JSON.parse(response.text) : undefined) as T
  return { data, headers: response.headers, status: response.status }
}

interface Transferred {
  ok: boolean
  status: number
  text: string
  headers: Headers
}

/** fetch tells nothing about what has been sent; XMLHttpRequest does. */
function transfer(path: string, file: File, options: Upload): Promise<Transferred> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address(path, options.query))
    for (const [name, value] of Object.entries(headersFor(options))) {
      request.setRequestHeader(name, value)
    }
    request.upload.onprogress = ({ loaded, total }) => options.onSent?.(total ? loaded / total : 0)
    request.upload.onload = () => options.onSent?.(1)
    request.onload = () => {
      away.set(false)
      const { status } = request
      resolve({
        ok: status >= 200 && status < 300,
        status,
        text: request.responseText,
        headers: parseHeaders(request.getAllResponseHeaders()),
      })
    }
    request.onerror = () => {
      away.set(true)
      reject(
        new Interrupted('The connection broke off while the file was sent. Please send it again.'),
      )
    }
    request.onabort = () => reject(new Cancelled())
    options.signal?.addEventListener('abort', () => request.abort(), { once: true })
    if (options.signal?.aborted) reject(new Cancelled())
    else request.send(file)
  })
}

function headersFor(options: Upload): Record<string, string> {
  return {
    ...ownHeaders(),
    ...(options.asynchronous ? ASYNCHRONOUS : {}),
    'Content-Type': ANY_FILE, // what it is, its content says
  }
}

function parseHeaders(text: string): Headers {
  const headers = new Headers()
  for (const line of text.trim().split(/\r?\n/)) {
    const colon = line.indexOf(':')
    if (colon > 0) headers.append(line.slice(0, colon), line.slice(colon + 1).trim())
  }
  return headers
}
