/** Long work: asked for asynchronously, followed by its progress, cancelled on request. */

import { API_URL, type Answer, type Call, get, note, pause, post, refusal, remove } from './client'
import { ApiError, Cancelled, isPassing, waitBefore } from './errors'
import type { Read } from './types'

export type Job = Read<'/jobs/{job_id}'>

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
const TOO_LATE = 409
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
      const job = await look(path, call.signal)
      if (job.state === 'succeeded') return answerOf<T>(job)
      if (job.state === 'failed') throw failureOf(job)
      if (job.state === 'cancelled') throw new Cancelled()
      call.onProgress?.(progressOf(job))
      await pause(BETWEEN_LOOKS, call.signal)
    }
  } catch (error) {
    if (!call.signal?.aborted) throw error
    return cancel<T>(path, call)
  }
}

/** Cancel a job; what has done its work already can't be cancelled any more, and is answered. */
async function cancel<T>(path: string, call: Following): Promise<T> {
  try {
    await remove(path)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === TOO_LATE)) throw error
    return follow<T>(path, { ...call, signal: undefined })
  }
  throw new Cancelled()
}

function answerOf<T>({ answer }: Job): T {
  note(new Headers(answer?.headers))
  return answer?.body as T
}

function failureOf({ answer }: Job): ApiError {
  return refusal(answer?.status ?? 500, JSON.stringify(answer?.body), new Headers(answer?.headers))
}

function progressOf(job: Job): Progress {
  return {
    percent: job.progress,
    stage: job.stage ?? undefined,
    secondsLeft: job.seconds_left ?? undefined,
  }
}

async function look(path: string, signal?: AbortSignal): Promise<Job> {
  for (let attempt = 0; ; attempt++) {
    try {
      return (await get<Job>(path, { signal })).data
    } catch (error) {
      if (!isPassing(error)) throw error
      await pause(waitBefore(attempt, error), signal)
    }
  }
}
