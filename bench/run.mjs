// `npm run bench`: ours on one thread of WebAssembly, the C++ loops with OpenMP and plain JavaScript, in turns within one run, so that the
// ratios hold on a noisy machine. Prints medians, ratios and the largest error against float64; keeps the figures in bench/results.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { availableParallelism, cpus, tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { data, workloads } from "./workloads.mjs"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    only: { type: "string" },
    scale: { type: "string", default: "1" },
    backend: { type: "string", default: "wasm" },
    out: { type: "string", default: fileURLToPath(new URL("results/latest.json", import.meta.url)) },
  },
})
const rounds = Number(values.rounds)
const scale = Number(values.scale)
const threads = 2
const folder = mkdtempSync(join(tmpdir(), "tskeops-bench-"))

/** The compiled loops, or undefined where there is no compiler. */
function compiled() {
  const program = join(folder, "loops")
  const source = fileURLToPath(new URL("cpp/loops.cpp", import.meta.url))
  try {
    execFileSync("g++", ["-O3", "-march=native", "-fopenmp", "-o", program, source], { stdio: ["ignore", "ignore", "inherit"] })
    return program
  } catch {
    console.log("No g++ here that compiles with OpenMP: the C++ loops are left out.\n")
    return undefined
  }
}

function median(times) {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted.length === 0 ? Number.NaN : sorted[Math.floor(sorted.length / 2)]
}

/** A dash for what was not measured. */
function figure(value, digits) {
  return Number.isNaN(value) ? "–" : value.toFixed(digits)
}

async function milliseconds(work) {
  const started = performance.now()
  const result = await work()
  return { result, time: performance.now() - started }
}

async function measure(workload, loops) {
  const rows = Math.ceil(workload.rows * scale)
  const columns = Math.ceil(workload.columns * scale)
  const numbers = data(workload, rows, columns)
  const inputs = workload.inputs.map((name) => numbers[name])
  const ours = workload.reduction.with({ backend: values.backend })
  for (const name of workload.inputs) writeFileSync(join(folder, `${workload.name}.${name}`), numbers[name])
  const cpp = () =>
    Number(
      execFileSync(loops, [workload.name, folder, "1"], { encoding: "utf8", env: { ...process.env, OMP_NUM_THREADS: String(threads) } }),
    )

  // The first call compiles; the first run of the loops wakes their pages.
  const first = await ours(...inputs)
  if (loops) cpp()
  const times = { ours: [], cpp: [], javascript: [] }
  for (let round = 0; round < rounds; round++) {
    times.ours.push((await milliseconds(() => ours(...inputs))).time)
    if (loops) times.cpp.push(cpp())
  }
  // The loops in JavaScript are slow and steady: once, over all rows.
  times.javascript.push((await milliseconds(() => workload.loop(numbers, rows, columns))).time)

  const checked = Math.min(rows, 500)
  const exact = workload.loop(numbers, checked, columns)
  const fromCpp = loops ? readFileSync(join(folder, `${workload.name}.cpp`)) : undefined
  const Numbers = workload.error.unit === "wrong" ? Int32Array : Float32Array
  return {
    name: workload.name,
    title: workload.title,
    rows,
    columns,
    dim: workload.dim,
    milliseconds: Object.fromEntries(Object.entries(times).map(([who, all]) => [who, median(all)])),
    // What the machine gives when nothing else runs on it, as near as a busy one lets us see.
    least: Object.fromEntries(Object.entries(times).map(([who, all]) => [who, all.length === 0 ? Number.NaN : Math.min(...all)])),
    all: times,
    error: {
      unit: workload.error.unit,
      ours: workload.error.of(first.data, exact),
      cpp:
        fromCpp && workload.error.of(new Numbers(fromCpp.buffer.slice(fromCpp.byteOffset, fromCpp.byteOffset + fromCpp.byteLength)), exact),
    },
  }
}

const loops = compiled()
console.log(
  `${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, Node ${process.versions.node}; ours: ${values.backend}, one thread; C++: ${threads} threads; medians of ${rounds} rounds in turns\n`,
)
console.log(
  ["workload".padEnd(34), "ours ms", "C++ ms", "JS ms", "ours/C++", "JS/ours", "least ours/C++", "error (ours)", "error (C++)"].join("  "),
)
const results = []
for (const workload of workloads.filter(({ name }) => values.only === undefined || values.only.split(",").includes(name))) {
  const result = await measure(workload, loops)
  results.push(result)
  const { ours, cpp, javascript } = result.milliseconds
  const error = (value) => (value === undefined ? "" : result.error.unit === "wrong" ? `${value} wrong` : value.toExponential(1))
  console.log(
    [
      `${result.name} ${result.title}`.padEnd(34),
      ours.toFixed(0).padStart(7),
      figure(cpp, 0).padStart(6),
      javascript.toFixed(0).padStart(5),
      figure(ours / cpp, 2).padStart(8),
      (javascript / ours).toFixed(1).padStart(7),
      figure(result.least.ours / result.least.cpp, 2).padStart(14),
      error(result.error.ours).padStart(12),
      error(result.error.cpp).padStart(11),
    ].join("  "),
  )
}
mkdirSync(join(values.out, ".."), { recursive: true })
writeFileSync(
  values.out,
  `${JSON.stringify({ node: process.versions.node, processor: cpus()[0]?.model, threads, rounds, scale, results }, null, 2)}\n`,
)
rmSync(folder, { recursive: true, force: true })
