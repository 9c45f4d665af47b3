/** Files from the service; a plain link could bring neither the workspace nor the key. */

import { download, type Query } from './client'

/** Fetch a file and have the browser save it under a name. */
export async function saveFile(name: string, path: string, query: Query): Promise<void> {
  const address = URL.createObjectURL(await download(path, { query }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}
