/** What can go wrong with a call, and what may be done about it. */

import type { Problem } from './types'

/** The service answered with an error: its own sentence, its status, a file's problems. */
export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly problems: Problem[] = [],
    readonly retryAfter = 1,
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

/** There was no answer: the service is away, or the connection broke off. */
export class ServiceAway extends Error {
  constructor(message = 'The service does not answer.') {
    super(message)
    this.name = 'ServiceAway'
  }
}

/** A call's outcome is unknown: it was sent, and the connection broke off before the answer. */
export class Interrupted extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'Interrupted'
  }
}

/** Somebody gave the work up. */
export class Cancelled extends Error {
  constructor(message = 'Cancelled: nothing was changed.') {
    super(message)
    this.name = 'Cancelled'
  }
}

const BUSY = [429, 502, 503, 504]

/** Tell whether a read may simply be tried again after a while. */
export function isPassing(error: unknown): boolean {
  return error instanceof ServiceAway || (error instanceof ApiError && BUSY.includes(error.status))
}

/** Return how many milliseconds to wait before the next attempt, at most five seconds. */
export function waitBefore(attempt: number, error: unknown): number {
  const asked =
    error instanceof ApiError && BUSY.includes(error.status) ? error.retryAfter * 1000 : 0
  return Math.min(Math.max(asked, 500 * 2 ** attempt), 5000)
}
