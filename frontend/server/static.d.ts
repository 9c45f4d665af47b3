import type { Server } from 'node:http'

export function serve(
  port: number,
  options?: { directory?: string; base?: string },
): Promise<Server>
