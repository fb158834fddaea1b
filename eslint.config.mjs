import js from '@eslint/js'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'index.d.ts',
      'target/',
      '**/node_modules/',
      'bench/peers/*/target/',
      '__test__/package/consumers/',
      // Written against packages that are made for the run: bench/wrap/readme.mjs compiles them.
      'bench/wrap/readme/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A number or a bigint in a message reads the same as its `String()`.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // At the boundary a type parameter is often the one place where an export gets its type: `open<Native>(…)`.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: { globals: { ...nodeGlobals() } },
  },
  {
    files: ['**/*.cjs', '**/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: {
        require: 'readonly',
        module: 'writable',
        exports: 'writable',
        __dirname: 'readonly',
        __filename: 'readonly',
      },
    },
  },
)

/** What Node 20 gives every module; read from the running Node so that no list of ours goes stale. */
function nodeGlobals() {
  const ecmascript = new Set(Object.getOwnPropertyNames(globalThis).filter((name) => /^[A-Z]/.test(name)))
  return Object.fromEntries(
    [...ecmascript, ...Object.keys(globalThis), 'process', 'console'].map((name) => [name, 'readonly']),
  )
}
