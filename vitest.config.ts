// How the tests run; `npm test` (scripts/test.mjs) is the whole of it, with the drivers and the compilers around.
import { defineConfig } from "vitest/config"

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // The native WebGPU binding wants a process of its own, and software drivers and compilers of TypeScript are slow.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
