// How the tests run; `npm test` (scripts/test.mjs) is the whole of it, with the drivers and the compilers around.
import { fileURLToPath } from "node:url"
import { defineConfig } from "vitest/config"

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  // The examples, imported by their tests, mean the package by its own name.
  resolve: {
    alias: [
      { find: /^tskeops$/, replacement: source("src/index.ts") },
      { find: /^tskeops\/jit$/, replacement: source("src/jit/index.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    // The native WebGPU binding wants a process of its own, and software drivers and compilers of TypeScript are slow.
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
