// `npm run bench:against -- FOLDER`: this build and another one, whose `dist` FOLDER is, in turns within one run on one thread of
// WebAssembly. Prints medians and, of the ratios of neighbouring turns, the median: what both lose to a noisy machine drops out.
import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { parseArgs } from "node:util"
import { data, workloads, workloadsOf } from "./workloads.mjs"

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: "string", default: "15" }, only: { type: "string" }, scale: { type: "string", default: "1" } },
})
const [folder] = positionals
if (folder === undefined) throw new Error("name the `dist` folder of the other build: npm run bench:against -- ../other/dist")

const load = (file) => import(pathToFileURL(resolve(folder, file)).href)
await load("src/jit/index.js")
const others = workloadsOf(await load("src/index.js"))

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

async function milliseconds(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}

console.log(`Node ${process.versions.node}, one thread, ${values.rounds} rounds in turns\n`)
console.log(["workload".padEnd(34), "this ms", "other ms", "this/other"].join("  "))
for (const [n, workload] of workloads.entries()) {
  if (values.only !== undefined && !values.only.split(",").some((name) => workload.name.startsWith(name))) continue
  const scale = Number(values.scale)
  const numbers = data(workload, Math.ceil(workload.rows * scale), Math.ceil(workload.columns * scale))
  const [ours, theirs] = [workload, others[n]].map(({ reduction, inputs }) => {
    const run = reduction.with({ backend: "wasm" })
    return () => run(...inputs.map((name) => numbers[name]))
  })
  await ours()
  await theirs()
  const times = { ours: [], theirs: [] }
  for (let round = 0; round < Number(values.rounds); round++) {
    // Who goes first changes: the second of two finds the caches warm.
    const pair = [
      ["ours", ours],
      ["theirs", theirs],
    ]
    for (const [who, run] of round % 2 === 0 ? pair : pair.reverse()) times[who].push(await milliseconds(run))
  }
  const ratio = median(times.ours.map((time, round) => time / times.theirs[round]))
  console.log(
    [
      `${workload.name} ${workload.title}`.padEnd(34),
      median(times.ours).toFixed(0).padStart(7),
      median(times.theirs).toFixed(0).padStart(8),
      ratio.toFixed(3).padStart(10),
    ].join("  "),
  )
}
