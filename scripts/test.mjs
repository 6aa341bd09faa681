// `npm test`: every check there is, one after the other, and a line of totals at the end. Vitest alone (`npx vitest run test/formula`)
// is for one part while working; this also builds, type-checks, and runs the vectors on both software GPUs.
import { spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs"
import { fileURLToPath } from "node:url"

const root = fileURLToPath(new URL("..", import.meta.url))
const reports = `${root}out/test`
const drivers = [
  { name: "SwiftShader", icd: "/usr/lib/chromium/vk_swiftshader_icd.json" },
  { name: "lavapipe", icd: "/usr/share/vulkan/icd.d/lvp_icd.json" },
]

let passed = 0
let failed = 0
const failures = []
const notRun = []

/** Runs a command of node_modules/.bin or of this machine; says how it went. */
function run(name, command, args, env = {}) {
  console.log(`\n── ${name}: ${[command, ...args].join(" ")}`)
  const started = performance.now()
  const PATH = `${root}node_modules/.bin${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH, ...env },
    shell: process.platform === "win32",
  })
  if (error) console.error(error.message)
  console.log(`── ${name}: ${status === 0 ? "passed" : "failed"} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  return status === 0
}

function count(name, good) {
  if (good) passed++
  else {
    failed++
    failures.push(name)
  }
  return good
}

function step(name, command, args, env) {
  return count(name, run(name, command, args, env))
}

/** A run of vitest counts its tests, and itself as failed where it broke before it could report any. */
function vitest(name, args, env) {
  const report = `${reports}/${name.replaceAll(/\W+/g, "-")}.json`
  rmSync(report, { force: true })
  const good = run(name, "vitest", ["run", ...args, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`], env)
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined
  passed += counts?.numPassedTests ?? 0
  failed += counts?.numFailedTests ?? 0
  if (!good) {
    failures.push(name)
    if (!counts?.numFailedTests) failed++
  }
}

function available({ name, icd }) {
  if (existsSync(icd)) return true
  const remedy =
    "On Debian, as root: node scripts/install-drivers.mjs. Elsewhere install Chromium's SwiftShader and Mesa's lavapipe at these places."
  console.error(`The Vulkan driver ${name} is not at ${icd}. ${remedy}`)
  if (process.env.CI === "true") count(`driver ${name}`, false)
  else notRun.push(`vectors and gradients on ${name}`)
  return false
}

mkdirSync(reports, { recursive: true })
if (![...drivers.map(({ icd }) => icd), "/usr/bin/chromium"].every((file) => existsSync(file)))
  run("drivers", "node", ["scripts/install-drivers.mjs"])
const found = drivers.filter(available)

if (step("build", "npm", ["run", "--silent", "build"])) step("types of the package", "tsd", [])
step("lint", "biome", ["ci", "--error-on-warnings"])
step("types", "tsc", ["-p", "."])
// The tests of the runtime choose their drivers themselves; nothing of the environment may do it for them.
vitest("unit tests and vectors on the CPU", [], { TSKEOPS_BACKEND: "wasm" })
for (const { name, icd } of found)
  vitest(`vectors and gradients on ${name}`, ["test/vectors", "test/cases", "test/keops/gradients.test.ts", "test/keops/second.test.ts"], {
    TSKEOPS_BACKEND: "webgpu",
    VK_ICD_FILENAMES: icd,
    XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? "/tmp",
  })

console.log("")
for (const name of failures) console.log(`failed: ${name}`)
for (const name of notRun) console.log(`not run, for want of a driver: ${name}`)
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
