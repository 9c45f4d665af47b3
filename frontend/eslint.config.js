import js from '@eslint/js'
import hooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

const nodeGlobals = Object.fromEntries(
  ['URL', 'console', 'fetch', 'process', 'setTimeout'].map((name) => [name, 'readonly']),
)
const SCREENS = ['home', 'select', 'result', 'email', 'final']

/** No screen imports from another: what two of them need is a part, a chart or state. */
const walls = SCREENS.map((screen) => ({
  files: [`src/${screen}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      { patterns: SCREENS.filter((other) => other !== screen).map((other) => `../${other}/*`) },
    ],
  },
}))

export default defineConfig(
  globalIgnores(['dist', 'coverage', 'src/api/schema.ts']),
  js.configs.recommended,
  tseslint.configs.strict,
  hooks.configs.flat['recommended-latest'],
  {
    files: ['**/*.js'],
    languageOptions: { globals: nodeGlobals },
  },
  { rules: { '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }] } },
  ...walls,
)
