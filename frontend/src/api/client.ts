/** Calls of the service: where it is, which headers it gets, what its answers and errors mean. */

import { createStore } from '../state/store'
import { ApiError, Interrupted, isPassing, ServiceAway, waitBefore } from './errors'
import type { Problem } from './types'
import { apiKey, keptUntil, keyNeeded, workspace } from './workspace'

export const API_URL: string = (import.meta.env.VITE_API_URL ?? 'http://localhost:5000').replace(
  /\/$/,
  '',
)

/** Whether the service failed to answer the last call. */
export const away = createStore(false)

export type Query = Record<string, string | number | readonly string[] | undefined>

export interface Call {
  query?: Query
  headers?: Record<string, string>
  signal?: AbortSignal
}

export interface Answer<T> {
  data: T
  headers: Headers
  status: number
}

/** Return a call's address; a list becomes a repeated parameter. */
export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) parameters.append(name, String(one))
    }
  }
  const asked = parameters.toString()
  return API_URL + path + (asked ? `?${asked}` : '')
}

/** Return the headers of every call: whose data it is about, and the key if there is one. */
export function ownHeaders(): Record<string, string> {
  const key = apiKey.get()
  return { 'X-Workspace': workspace(), ...(key ? { 'X-API-Key': key } : {}) }
}

/** Read a list or an object. Throws ApiError for what the service refuses, ServiceAway without an answer. */
export async function get<T>(path: string, call: Call = {}): Promise<Answer<T>> {
  return read<T>(await send('GET', path, call))
}

/** Fetch a file to save: its content, as it is. */
export async function download(path: string, call: Call = {}): Promise<Blob> {
  const response = await send('GET', path, call)
  if (!response.ok) await read(response)
  return response.blob()
}

/**
 * Change something, once.
 *
 * It is sent when the service is known to answer, and sent again only when the service itself said that
 * nothing had happened. When the connection breaks off, nobody knows: that is an Interrupted, thrown as
 * soon as the service is back.
 */
export async function post<T>(path: string, body?: unknown, call: Call = {}): Promise<Answer<T>> {
  for (let attempt = 0; ; attempt++) {
    await untilReady(call.signal)
    try {
      return await read<T>(await send('POST', path, call, body))
    } catch (error) {
      if (error instanceof ServiceAway) {
        await untilReady(call.signal)
        throw new Interrupted(
          'The connection broke off before the answer. See what is there, then try again.',
        )
      }
      if (!isPassing(error)) throw error
      await pause(waitBefore(attempt, error), call.signal)
    }
  }
}

/** Cancel a job. */
export async function remove(path: string): Promise<void> {
  await read(await send('DELETE', path, {}))
}

/** Wait until the service and its database answer. */
export async function untilReady(signal?: AbortSignal): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await read(await send('GET', '/health', { signal }))
      return
    } catch (error) {
      if (!isPassing(error)) throw error
      away.set(true)
      await pause(waitBefore(attempt, error), signal)
    }
  }
}

async function send(method: string, path: string, call: Call, body?: unknown): Promise<Response> {
  const raw = body instanceof Blob || body === undefined
  try {
    const response = await fetch(address(path, call.query), {
      method,
      headers: {
        ...ownHeaders(),
        ...(raw ? {} : { 'Content-Type': 'application/json' }),
        ...call.headers,
      },
      body: raw ? (body as Blob | undefined) : JSON.stringify(body),
      signal: call.signal,
    })
    away.set(false)
    return response
  } catch (error) {
    if (call.signal?.aborted) throw error
    away.set(true)
    throw new ServiceAway()
  }
}

async function read<T>(response: Response): Promise<Answer<T>> {
  if (!response.ok) throw refusal(response.status, await response.text(), response.headers)
  note(response.headers)
  try {
    const text = await response.text()
    return {
      data: (text ? JSON.parse(text) : undefined) as T,
      headers: response.headers,
      status: response.status,
    }
  } catch {
    throw new ServiceAway('The answer broke off.')
  }
}

/** Note what every answer may say beside its content. */
export function note(headers: Headers): void {
  const until = headers.get('X-Kept-Until')
  if (until) keptUntil.set(until)
}

/** Return the error that an answer stands for; its sentence is the service's own. */
export function refusal(status: number, text: string, headers: Headers): ApiError {
  const said = parse(text)
  if (status === 401) keyNeeded.set(true)
  return new ApiError(
    said?.error ?? `The service answered with status ${status}.`,
    status,
    said?.problems ?? [],
    Number(headers.get('Retry-After')) || 1,
  )
}

function parse(text: string): { error?: string; problems?: Problem[] } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Wait; rejects when the signal is aborted. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal?.aborted) stop()
    else signal?.addEventListener('abort', stop, { once: true })
  })
}
