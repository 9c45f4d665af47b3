import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

const LONGEST_JOURNEY = 600_000 // milliseconds, on a slow machine
const browser = {
  environment: 'node',
  testTimeout: LONGEST_JOURNEY,
  hookTimeout: LONGEST_JOURNEY,
  fileParallelism: false,
} as const

export default defineConfig({
  plugins: [react()],
  base: process.env.VITE_BASE ?? '/',
  build: { chunkSizeWarningLimit: 900 },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'jsdom',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/unit/setup.ts'],
        },
      },
      {
        extends: true,
        test: { ...browser, name: 'browser', include: ['tests/{service,browser}/**/*.test.ts'] },
      },
      { extends: true, test: { ...browser, name: 'pictures', include: ['scripts/pictures.ts'] } },
    ],
    coverage: {
      include: ['src/api/**', 'src/state/**'],
      exclude: ['src/api/schema.ts'],
      reporter: ['text'],
      thresholds: { lines: 90, branches: 80, functions: 90, statements: 90 },
    },
  },
})
