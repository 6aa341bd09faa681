// `npm test`, `npm run test:quick` and `npm run test:all`: the steps of one suite (steps.mjs), one after the other; then the ten slowest tests, what
// was left out for want of a driver, and totals. Vitest alone (`npx vitest run test/formula`) is for one part while working.
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { missing } from "./drivers.mjs"
import { root, runCommand } from "./run-command.mjs"
import { named, stepsOf, suites } from "./steps.mjs"

const suite = process.argv[2] ?? "test"
if (!suites.includes(suite)) throw new Error(`there is no suite ${suite}: ${suites.join(", ")}`)
for (const path of named) if (!existsSync(root + path)) throw new Error(`scripts/steps.mjs names ${path}, which does not exist`)

const reports = `${root}out/test`
const failures = []
const slowest = []
let passed = 0
let failed = 0

/** Runs a step's command; whether it succeeded. */
function run(name, command, env) {
  console.log(`\n── ${name}: ${command.join(" ")}`)
  const started = performance.now()
  const good = runCommand(command, env) === 0
  console.log(`── ${name}: ${good ? "passed" : "failed"} in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  if (!good) failures.push(name)
  return good
}

function countStep(step) {
  if (run(step.name, step.command)) passed++
  else failed++
}

/** A run of vitest counts its tests, and itself as failed where it broke before it could report any. */
function countTests({ name, files, without = [], env }) {
  const report = `${reports}/${name.replaceAll(/\W+/g, "-")}.json`
  rmSync(report, { force: true })
  const excluded = without.map((path) => `--exclude=${statSync(root + path).isDirectory() ? `${path}/**` : path}`)
  const command = ["vitest", "run", ...files, ...excluded, "--reporter=default", "--reporter=json", `--outputFile.json=${report}`]
  const good = run(name, command, env)
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined
  passed += counts?.numPassedTests ?? 0
  failed += counts?.numFailedTests ?? 0
  if (!good && !counts?.numFailedTests) failed++
  for (const { name: file, assertionResults } of counts?.testResults ?? [])
    for (const { fullName, duration = 0 } of assertionResults)
      slowest.push({ duration, text: `${file.slice(root.length)}: ${fullName} (${name})` })
}

mkdirSync(reports, { recursive: true })
const absent = suite === "quick" ? [] : missing()
for (const step of stepsOf(suite)) {
  if (step.command) countStep(step)
  else if (!absent.includes(step.driver)) countTests(step)
}

console.log("\nThe ten slowest tests:")
slowest.sort((a, b) => b.duration - a.duration)
for (const { duration, text } of slowest.slice(0, 10)) console.log(`${(duration / 1000).toFixed(1).padStart(7)} s  ${text}`)
console.log("")
for (const name of failures) console.log(`failed: ${name}`)
for (const { name, file, tests } of absent) console.log(`left out, because ${name} is not at ${file}: ${tests}. To get it: npm run drivers`)
if (absent.length > 0 && process.env.CI === "true") failed += absent.length
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1
