/** Long work as the screens see it: started once, shown with its progress, found again after a reload. */

import { Cancelled } from '../api/errors'
import { type Following, follow, type Progress } from '../api/jobs'
import { refresh } from '../api/queries'
import { createStore, type Store } from './store'

export interface WorkState {
  running: boolean
  progress: Progress
  error: Error | null
}

export interface Work {
  state: Store<WorkState>
  /** Do it unless it is under way, then `finish` with its answer; tells whether it was done now. */
  start<T>(task: (call: Following) => Promise<T>, finish?: (answer: T) => void): Promise<boolean>
  /** The same with what was under way before the page was loaded anew. */
  resume<T>(finish?: (answer: T) => void): Promise<boolean>
  cancel(): void
  /** Forget the last error. */
  clear(): void
}

const IDLE: WorkState = { running: false, progress: { percent: null }, error: null }

/** Make a kind of work; two of one kind never run at once. */
export function createWork(name: string): Work {
  const place = `segmentation.job.${name}`
  const state = createStore(IDLE)
  let controller = new AbortController()

  async function start<T>(
    task: (call: Following) => Promise<T>,
    finish?: (answer: T) => void,
  ): Promise<boolean> {
    if (state.get().running) return false
    controller = new AbortController()
    state.set({ ...IDLE, running: true })
    try {
      const answer = await task({
        signal: controller.signal,
        onProgress: (progress) => state.set({ ...state.get(), progress }),
        onJob: (path) => sessionStorage.setItem(place, path),
      })
      finish?.(answer)
      state.set(IDLE)
      return true
    } catch (error) {
      const cancelled = error instanceof Cancelled || controller.signal.aborted
      state.set({ ...IDLE, error: cancelled ? null : (error as Error) })
      return false
    } finally {
      sessionStorage.removeItem(place)
      void refresh()
    }
  }

  return {
    state,
    start,
    async resume<T>(finish?: (answer: T) => void) {
      const path = sessionStorage.getItem(place)
      return path !== null && start((call) => follow<T>(path, call), finish)
    },
    cancel: () => controller.abort(),
    clear: () => state.set({ ...state.get(), error: null }),
  }
}

export const generating = createWork('generating')
export const importing = createWork('importing')
export const clustering = createWork('clustering')
export const previewing = createWork('previewing')
export const trying = createWork('trying')
export const matching = createWork('matching')
