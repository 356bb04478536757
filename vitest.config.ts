import { defineConfig } from 'vitest/config'

const report = process.env['TEST_REPORT']

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    env: { NO_COLOR: '1', TZ: 'UTC' },
    testTimeout: 30_000,
    // A machine-readable report beside the usual one, for .ci/run to count.
    reporters: report ? ['dot', ['json', { outputFile: report }]] : ['default'],
  },
})
