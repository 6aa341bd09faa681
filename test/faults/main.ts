// `npm run faults -- --count 1000 --seed 1`: any number of faults on each executor, in processes of `--batch` faults each. Exits with 1
// if a result is wrong, a run hangs, an error is not one of our sentences, or a process crashes.
import { parseArgs } from "node:util"
import { executors, inProcess } from "./processes.ts"

export async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      count: { type: "string", default: "200" },
      seed: { type: "string", default: "1" },
      batch: { type: "string", default: "50" },
    },
  })
  const [count, first, batch] = [Number(values.count), Number(values.seed), Number(values.batch)]
  let bad = 0
  for (const { name, backend, env, installed } of executors) {
    if (!installed) {
      console.log(`${name}: not installed`)
      continue
    }
    const injected: Record<string, number> = {}
    for (let done = 0, seed = first; done < count; done += batch, seed++) {
      const report = await inProcess({ backend, seed, count: Math.min(batch, count - done), everyCall: done === 0 }, env, 300 + batch * 10)
      for (const [fault, times] of Object.entries(report.injected)) injected[fault] = (injected[fault] ?? 0) + times
      for (const sentence of report.wrong) console.log(`${name}: ${sentence}`)
      bad += report.wrong.length
    }
    const total = Object.values(injected).reduce((sum, times) => sum + times, 0)
    const each = Object.entries(injected)
      .sort()
      .map(([fault, times]) => `${fault} ${times}`)
      .join(", ")
    console.log(`${name}: ${total} faults (${each})`)
  }
  console.log(`seed ${first}: ${bad} wrong`)
  process.exitCode = bad === 0 ? 0 : 1
}
