/** What the browser tests stand on: the built page, a service with a PostgreSQL of its own, a browser. */

import { type ChildProcess, execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import type { Server } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { build } from 'vite'

import { startService, stopService } from '../../server/service.js'
import { serve } from '../../server/static.js'

export const WIDE = { width: 1280, height: 800 }
export const TELEPHONE = { width: 390, height: 844 }
const LONGEST_WAIT = 120_000 // milliseconds, for what a busy machine does slowly
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-precise-memory-info',
]
// A service that was killed is away on purpose: the browser says so, and the page recovers.
const AWAY =
  /net::ERR_(CONNECTION_REFUSED|CONNECTION_RESET|EMPTY_RESPONSE|FAILED|ABORTED|SOCKET_NOT_CONNECTED)|503/

export interface Visitor {
  context: BrowserContext
  page: Page
  /** What the console said that it should not have. */
  complaints: string[]
}

export class Stage {
  readonly api: string
  readonly origin: string
  private service?: ChildProcess
  private readonly data = openDirectory('page-')

  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly dist: string,
    ports: { api: number; page: number },
    private readonly settings: Record<string, string>,
    private readonly base: string,
  ) {
    this.api = `http://localhost:${ports.api}`
    this.origin = `http://localhost:${ports.page}`
  }

  /** Build the page, to lie at `base`, for a service of its own; start both and the browser. */
  static async set(settings: Record<string, string> = {}, base = '/'): Promise<Stage> {
    const ports = { api: await freePort(), page: await freePort() }
    const dist = mkdtempSync(join(tmpdir(), 'dist-'))
    process.env.VITE_API_URL = `http://localhost:${ports.api}`
    await build({
      base,
      logLevel: 'error',
      mode: 'production',
      build: { outDir: dist, emptyOutDir: true },
    })
    const server = await serve(ports.page, { directory: dist, base })
    const browser = await chromium.launch({ executablePath: findChromium(), args: FLAGS })
    const stage = new Stage(browser, server, dist, ports, settings, base)
    await stage.start()
    return stage
  }

  /** Start the service; its data are those of before. */
  async start(): Promise<void> {
    this.service = await startService(this.api, {
      HOST: '127.0.0.1',
      DATABASE_URL: '',
      DATA_DIR: this.data,
      CORS_ORIGINS: this.origin,
      LOG_LEVEL: 'ERROR',
      ...this.settings,
    })
  }

  /** End the service: in order, or as a crash would. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (!this.service) return
    if (signal === 'SIGKILL') killWorkers(this.service)
    await stopService(this.service, signal)
    this.service = undefined
  }

  /** Open a browser window of its own, with a new workspace. */
  async visitor(viewport = WIDE, colorScheme: 'light' | 'dark' = 'light'): Promise<Visitor> {
    const context = await this.browser.newContext({
      viewport,
      colorScheme,
      reducedMotion: 'reduce',
      acceptDownloads: true,
    })
    context.setDefaultTimeout(LONGEST_WAIT)
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      const text = message.text()
      if (
        ['error', 'warning'].includes(message.type()) &&
        !(this.service === undefined && AWAY.test(text))
      )
        complaints.push(text)
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(this.origin + this.base)
    return { context, page, complaints }
  }

  /** Ask the service itself, as this visitor. */
  async ask<T>(visitor: Visitor, path: string): Promise<T> {
    const name = await workspaceOf(visitor)
    const response = await fetch(this.api + path, { headers: { 'X-Workspace': name } })
    if (!response.ok) throw new Error(await response.text())
    return (await response.json()) as T
  }

  async clear(): Promise<void> {
    await this.browser.close()
    this.server.close()
    this.server.closeAllConnections()
    await this.stop()
    rmSync(this.dist, { recursive: true })
    rmSync(this.data, { recursive: true, force: true })
  }
}

export const workspaceOf = ({ page }: Visitor) =>
  page.evaluate(() => localStorage.getItem('segmentation.workspace') ?? '')

function killWorkers(service: ChildProcess): void {
  try {
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', String(service.pid)], {
      encoding: 'utf8',
    })
    for (const pid of children.split('\n').map(Number).filter(Boolean)) process.kill(pid, 'SIGKILL')
  } catch {
    // none
  }
}

/** As root, the service's PostgreSQL runs as somebody else, who must come this far. */
function openDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), name))
  chmodSync(directory, 0o755)
  return directory
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

function findChromium(): string {
  const places = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ]
  const found = places.find((place) => place && existsSync(place))
  if (!found)
    throw new Error(
      'The browser tests need Chromium: apt-get install chromium, or name it in CHROMIUM.',
    )
  return found
}
