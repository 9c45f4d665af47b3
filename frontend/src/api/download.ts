/** Files from the service; a plain link could bring neither the workspace nor the key. */

import { download, type Query } from './client'

/** Fetch a file and have the browser save it under a name. */
export async function saveFile(name: string, path: string, query: Query): Promise<void> {
  offerFile(name, await download(path, { query }))
}

/** Have the browser save a file. */
export function offerFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
