import type { ChildProcess, StdioOptions } from 'node:child_process'

export function answers(url: string): Promise<boolean>
export function startService(
  url: string,
  settings?: Record<string, string>,
  stdio?: StdioOptions,
): Promise<ChildProcess>
export function stopService(service: ChildProcess, signal?: NodeJS.Signals): Promise<void>
