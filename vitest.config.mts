import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['__test__/**/*.test.ts'],
    exclude: ['**/node_modules/**', '__test__/package/consumers/**'],
    // Probes start Node many times; two cores make that slow, not wrong.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // Environments of their own per file: handle tables and lanes of one file must not be seen by another.
    pool: 'forks',
  },
})
