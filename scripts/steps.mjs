// What the three suites of tests run: `npm run test:quick`, `npm test` and `npm run test:all`, each with what the ones before it run. A row's
// `suite` is the smallest one that has it.
import { drivers, onlyDriver } from "./drivers.mjs"

export const suites = ["quick", "test", "all"]

/** The runtime's own tests on a driver. */
const runtimeOn = (driver) =>
  ["webgpu", "webgpu-edges", "webgpu-rows", "webgpu-weighted"].map((name) => `test/runtime/${name}-${driver}.test.ts`)

/** Test files that are not in every suite, and why. All others are. */
const later = [
  {
    suite: "test",
    why: "needs a driver or a browser",
    files: [
      "test/browser",
      "test/package/webgpu.test.ts",
      "test/runtime/process.test.ts",
      ...runtimeOn("swiftshader"),
      "test/wgsl/validate.test.ts",
      "test/wgsl/rows.test.ts",
    ],
  },
  {
    suite: "test",
    why: "builds the package, or compiles programs that use it",
    files: [
      "test/package/package.test.ts",
      "test/bundlers/build.test.ts",
      "test/node/load.test.ts",
      "test/transformer",
      "test/cli",
      "test/docs/command-line.test.ts",
      "test/editor",
      "test/vite",
      "test/docs/snippets.test.ts",
      "test/editors/eslint.test.ts",
      "test/editors/extension.test.ts",
      "test/examples",
      "test/hosts",
      "test/hostile",
    ],
  },
  {
    suite: "test",
    why: "takes the type checker or the CPU over 5 s",
    files: [
      "test/types",
      "test/exports/docstrings.test.ts",
      "test/budgets/compile.test.ts",
      "test/calculus/derive.test.ts",
      "test/docs/language.test.ts",
      "test/docs/llms.test.ts",
      "test/editors/grammar.test.ts",
      "test/fuzz/fuzz.test.ts",
      "test/keops/gradients.test.ts",
      "test/keops/second.test.ts",
      "test/wasm/rows.test.ts",
      "test/operations/proof.test.ts",
      "test/bench",
    ],
  },
  {
    suite: "all",
    why: "installs packages, injects faults, or compiles random formulas on software drivers",
    files: [
      "test/docs/bundlers.test.ts",
      "test/docs/getting-started.test.ts",
      "test/install",
      "test/node/process.test.ts",
      "test/templates",
      "test/faults",
      "test/fuzz/lavapipe.test.ts",
      "test/fuzz/swiftshader.test.ts",
    ],
  },
  {
    suite: "all",
    why: "runs on a second driver, or with other tools, what `npm test` runs on one",
    files: [
      ...runtimeOn("lavapipe"),
      "test/types/versions.test.ts",
      "test/transformer/versions.test.ts",
      "test/bundlers/mistakes.test.ts",
      "test/bundlers/projects.test.ts",
      "test/bundlers/vite.test.ts",
      "test/everywhere",
      "test/shaking",
    ],
  },
]

/** Tests of the executor, which run on each driver too. */
const onDrivers = [
  { suite: "test", files: ["test/vectors", "test/cases", "test/keops/gradients.test.ts"] },
  { suite: "all", files: ["test/keops/second.test.ts"] },
]

/** Whether a suite has what another is the smallest to have. */
const has = (suite, smallest) => suites.indexOf(suite) >= suites.indexOf(smallest)

/** The steps of a suite: commands, and runs of vitest on `files` (all, where there are none) but not on those `without`. */
export function stepsOf(suite) {
  const gpu = drivers
    .filter(({ kind }) => kind === "vulkan")
    .map((driver) => ({
      name: `vectors, cases and gradients on ${driver.name}`,
      suite: "test",
      driver,
      files: onDrivers.filter((row) => has(suite, row.suite)).flatMap(({ files }) => files),
      env: { TSKEOPS_BACKEND: "webgpu", ...onlyDriver(driver) },
    }))
  const steps = [
    { name: "build", suite: "test", command: ["npm", "run", "--silent", "build"] },
    { name: "types of the package", suite: "test", command: ["tsd"] },
    { name: "lint", suite: "quick", command: ["npm", "run", "--silent", "lint"] },
    { name: "types", suite: "quick", command: ["tsc", "-p", "."] },
    {
      name: "unit tests, vectors and cases on the CPU",
      suite: "quick",
      files: [],
      without: later.filter((row) => !has(suite, row.suite)).flatMap(({ files }) => files),
      // The tests of the runtime choose their drivers themselves; nothing of the environment may do it for them.
      env: { TSKEOPS_BACKEND: "wasm" },
    },
    ...gpu,
  ]
  return steps.filter((step) => has(suite, step.suite))
}

/** All paths that the tables above name: each must be there. */
export const named = [...later, ...onDrivers].flatMap(({ files }) => files)
