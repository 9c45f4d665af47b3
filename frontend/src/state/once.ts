/** Something short that is done once, however often one clicks meanwhile. */

import { useRef, useState } from 'react'

type Do = (task: () => Promise<void>) => Promise<boolean>

/** Return what does a task unless one is under way, the last error, and whether one is under way. */
export function useOnce(): [Do, Error | null, boolean] {
  const busy = useRef(false)
  const [state, setState] = useState<{ error: Error | null; running: boolean }>({
    error: null,
    running: false,
  })
  const run: Do = async (task) => {
    if (busy.current) return false
    busy.current = true
    setState({ error: null, running: true })
    try {
      await task()
      setState({ error: null, running: false })
      return true
    } catch (error) {
      setState({ error: error as Error, running: false })
      return false
    } finally {
      busy.current = false
    }
  }
  return [run, state.error, state.running]
}
