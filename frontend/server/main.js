/** Serve the page, with the service behind it: make page. */

import { answers, startService, stopService } from './service.js'
import { serve } from './static.js'

const API = process.env.VITE_API_URL ?? 'http://localhost:5000'
const PORT = Number(process.env.PAGE_PORT ?? 3000)
const BASE = process.env.VITE_BASE ?? '/'

async function main() {
  const page = await serve(PORT, { base: BASE })
  const service = (await answers(API)) ? undefined : await startService(API)
  if (!service) console.log(`The service at ${API} answers already.`)
  console.log(`The page is on http://localhost:${PORT}${BASE} (Ctrl-C ends it).`)
  const end = async () => {
    page.close()
    page.closeAllConnections()
    if (service) await stopService(service)
    process.exit(0)
  }
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  service?.once('exit', () => process.exit(1))
}

main().catch((error) => {
  const taken = error.code === 'EADDRINUSE'
  console.error(
    taken ? `Port ${PORT} is taken: end what uses it, or set PAGE_PORT.` : error.message,
  )
  process.exit(1)
})
