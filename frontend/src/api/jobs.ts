/** Long work: asked for asynchronously, followed by its progress, cancelled on request. */

import { API_URL, type Answer, type Call, get, pause, post, remove } from './client'
import { Cancelled, isPassing, waitBefore } from './errors'

export interface Job<T> {
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'
  progress: number
  stage?: string | null
  seconds_left?: number | null
  answer?: T | null
  error?: string | null
}

export interface Progress {
  percent: number | null
  stage?: string
  secondsLeft?: number
}

export interface Following extends Call {
  onProgress?: (progress: Progress) => void
  onJob?: (path: string) => void
}

const BETWEEN_LOOKS = 400 // milliseconds
export const ASYNCHRONOUS = { Prefer: 'respond-async' }

/** Do long work and return its answer; `onJob` hears where it can be followed after a reload. */
export async function work<T>(path: string, body?: unknown, call: Following = {}): Promise<T> {
  const headers = { ...ASYNCHRONOUS, ...call.headers }
  return outcome<T>(await post<T>(path, body, { ...call, headers }), call)
}

/** Return an answer that is there already, or the one of the job that the answer names. */
export async function outcome<T>(answer: Answer<T>, call: Following): Promise<T> {
  const location = answer.headers.get('Location')
  if (answer.status !== 202 || !location) return answer.data
  const path = location.replace(API_URL, '').replace(/^https?:\/\/[^/]+/, '')
  call.onJob?.(path)
  return follow<T>(path, call)
}

/** Follow a job to its end. Throws what it failed with, or Cancelled; an abort cancels it. */
export async function follow<T>(path: string, call: Following = {}): Promise<T> {
  try {
    for (;;) {
      const job = await look<T>(path, call.signal)
      if (job.state === 'done') return job.answer as T
      if (job.state === 'failed')
        throw new Error(job.error ?? 'The work failed; nothing was changed.')
      if (job.state === 'cancelled') throw new Cancelled()
      call.onProgress?.(progressOf(job))
      await pause(BETWEEN_LOOKS, call.signal)
    }
  } catch (error) {
    if (!call.signal?.aborted) throw error
    await remove(path).catch(() => undefined)
    throw new Cancelled()
  }
}

function progressOf(job: Job<unknown>): Progress {
  return {
    percent: job.progress,
    stage: job.stage ?? undefined,
    secondsLeft: job.seconds_left ?? undefined,
  }
}

async function look<T>(path: string, signal?: AbortSignal): Promise<Job<T>> {
  for (let attempt = 0; ; attempt++) {
    try {
      return (await get<Job<T>>(path, { signal })).data
    } catch (error) {
      if (!isPassing(error)) throw error
      await pause(waitBefore(attempt, error), signal)
    }
  }
}
