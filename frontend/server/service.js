/** The service that the page speaks to: whether it answers, and how it is started. */

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url))
const BETWEEN_LOOKS = 200 // milliseconds
const LONGEST_START = 120_000

/** Tell whether a service answers at this address. */
export async function answers(url) {
  try {
    return (await fetch(`${url}/health`)).status < 500
  } catch {
    return false
  }
}

/** Start the checkout's service with these settings, and return its process once it answers. */
export async function startService(url, settings = {}, stdio = 'inherit') {
  const { port } = new URL(url)
  const service = spawn('.venv/bin/python', ['app.py'], {
    cwd: CHECKOUT,
    env: { ...process.env, PORT: port, ...settings },
    stdio: ['ignore', stdio, stdio],
    detached: true, // Ctrl-C is for the page, which ends the service in its turn
  })
  const ended = new Promise((_, reject) => {
    service.once('error', reject)
    service.once('exit', (code) => reject(new Error(`The service ended with status ${code}.`)))
  })
  ended.catch(() => undefined)
  await Promise.race([untilAnswers(url), ended])
  return service
}

/** End a service in order and wait for it. */
export async function stopService(service, signal = 'SIGTERM') {
  if (service.exitCode !== null || service.signalCode !== null) return
  const ended = new Promise((resolve) => service.once('exit', resolve))
  service.kill(signal)
  await ended
}

async function untilAnswers(url) {
  const latest = Date.now() + LONGEST_START
  while (!(await answers(url))) {
    if (Date.now() > latest) throw new Error(`The service at ${url} does not answer.`)
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS))
  }
}
