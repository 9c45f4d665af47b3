/** A service that answers as it is told, in the place of fetch. */

import { vi } from 'vitest'

export interface Sent {
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
}

type Reply = { status?: number; body?: unknown; headers?: Record<string, string> } | 'away'

/** Answer each call with the next reply for it, the last one again and again; return what was sent. */
export function stubService(replies: Record<string, Reply[]>): Sent[] {
  const sent: Sent[] = []
  vi.stubGlobal(
    'fetch',
    async (address: string, { method = 'GET', headers = {}, body, signal }: RequestInit) => {
      signal?.throwIfAborted()
      const { pathname, search } = new URL(address)
      sent.push({
        method,
        path: pathname + search,
        headers: headers as Record<string, string>,
        body: typeof body === 'string' ? JSON.parse(body) : body,
      })
      const left = replies[`${method} ${pathname}`] ?? replies[pathname] ?? [{ body: {} }]
      const reply = (left.length > 1 ? left.shift() : left[0]) ?? {}
      if (reply === 'away') throw new TypeError('Failed to fetch')
      return new Response(JSON.stringify(reply.body ?? {}), {
        status: reply.status ?? 200,
        headers: reply.headers,
      })
    },
  )
  return sent
}
