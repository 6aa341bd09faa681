// `npm run fuzz -- --count 100000 --seed 1`: any number of random formulas, of tame and special numbers, through every property, in
// `--jobs` processes; the findings do not depend on their number. `--types n` asks the compiler about every n-th formula, `--transformer n`
// the transformer, `--differences n` finite differences, `--gpu n` SwiftShader and lavapipe; `--reductions n` and `--own n` add a gradient of a
// reduction and a formula with a user-defined operation for every n-th. Exits with 1 if something is wrong.
import { type ChildProcess, fork } from "node:child_process"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { drivers } from "../support/drivers.ts"
import { type Reason, reasons } from "../support/numbers.ts"
import { type Found, type Shares, shares, size, type Task, words } from "./batch.ts"

const root = join(import.meta.dirname, "../..")

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: "string", default: "1000" },
      seed: { type: "string", default: "1" },
      jobs: { type: "string", default: String(availableParallelism()) },
      ...(Object.fromEntries(Object.entries(shares).map(([name, every]) => [name, { type: "string", default: String(every) }])) as Record<
        keyof Shares,
        { type: "string"; default: string }
      >),
    },
  })
  const [count, seed, jobs] = [Number(values.count), Number(values.seed), Number(values.jobs)]
  const asked = Object.fromEntries(Object.keys(shares).map((name) => [name, Number(values[name as keyof Shares])])) as Shares
  const batches = Array.from({ length: Math.ceil(count / size) }, (_, n) => ({
    seed,
    first: n * size,
    count: Math.min(size, count - n * size),
  }))
  const installed = asked.gpu > 0 ? drivers.filter((driver) => driver.installed) : []
  // a process has one driver
  const phases: readonly { readonly env: Readonly<Record<string, string>>; readonly tasks: readonly Task[] }[] = [
    { env: {}, tasks: batches.map((batch) => ({ ...batch, shares: asked })) },
    ...installed.map(({ name, env }) => ({ env, tasks: batches.map((batch) => ({ ...batch, shares: asked, driver: name })) })),
  ]
  const started = performance.now()
  const all: Found[] = []
  let wrong = 0
  for (const { env, tasks } of phases) {
    const found: Found[] = []
    let said = 0
    await inProcesses(Math.min(jobs, tasks.length), { ...process.env, ...env }, tasks, (n, one) => {
      found[n] = one
      // in the order of the batches, whichever process was faster
      for (; found[said]; said++) {
        for (const sentence of found[said]!.wrong) console.log(sentence)
        wrong += found[said]!.wrong.length
        const done = Math.min((said + 1) * size, count)
        const where = tasks[0]!.driver ? ` on ${tasks[0]!.driver}` : ""
        if (done % 5000 === 0 || done === count)
          console.log(`${done} formulas${where}, ${wrong} wrong, ${((performance.now() - started) / 1000).toFixed(0)} s`)
      }
    })
    all.push(...found)
  }
  const total = (word: keyof typeof words) => {
    const missing = drivers.some(({ name, installed }) => name === word && !installed) ? " (not installed)" : ""
    return `${all.reduce((sum, { compared }) => sum + compared[word], 0)} ${words[word]}${missing}`
  }
  const counts = (Object.keys(words) as (keyof typeof words)[]).map(total).join("; ")
  const added = (tables: readonly Readonly<Record<string, number>>[]) => {
    const sum: Record<string, number> = {}
    for (const table of tables) for (const [name, number] of Object.entries(table)) sum[name] = (sum[name] ?? 0) + number
    return sum
  }
  console.log(`special numbers, formulas with each kind: ${listed(added(all.map(({ kinds }) => kinds)))}`)
  for (const what of ["values", "gradients", "gpu"] as const) {
    const compared = all.reduce((sum, { numbers }) => sum + numbers[what].said, 0)
    const unsaid = added(all.map(({ numbers }) => numbers[what].unsaid))
    if (compared === 0) continue
    const whole = compared + Object.values(unsaid).reduce((sum, number) => sum + number, 0)
    const share = (number: number) => `${((100 * number) / whole).toFixed(1)} %`
    const why = Object.entries(unsaid).map(([reason, number]) => `${share(number)} ${reasons[reason as Reason]}`)
    console.log(`${what}: ${compared} of ${whole} numbers compared (${share(compared)}); nothing said of ${why.join("; ")}`)
  }
  console.log(`seed ${seed}: ${count} formulas printed and parsed; ${counts}; ${wrong} wrong`)
  process.exitCode = wrong === 0 ? 0 : 1
}

const listed = (table: Readonly<Record<string, number>>) =>
  Object.entries(table)
    .map(([name, number]) => `${name} ${number}`)
    .join(", ")

/** Sends each task to the next idle process. */
async function inProcesses(
  jobs: number,
  env: NodeJS.ProcessEnv,
  tasks: readonly Task[],
  done: (n: number, found: Found) => void,
): Promise<void> {
  let next = 0
  const worker = () =>
    new Promise<void>((resolve, reject) => {
      const child: ChildProcess = fork(join(root, "scripts/run-ts.mjs"), ["test/fuzz/worker.ts"], { env })
      let current = -1
      child.on("message", (message: Found | "ready") => {
        if (message !== "ready") done(current, message)
        current = next++
        if (current < tasks.length) child.send(tasks[current]!)
        else child.disconnect()
      })
      child.on("exit", (code) => {
        if (current < tasks.length) reject(new Error(`a process ended with ${code} in batch ${current}`))
        else resolve()
      })
    })
  await Promise.all(Array.from({ length: jobs }, worker))
}
