// What hostile formulas end in, in a process of their own: a result or a sentence, soon; never the engine's words, never a hang.
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { hostile } from "./formulas.ts"

const root = fileURLToPath(new URL("../..", import.meta.url))
/** Of processor time, so that a busy machine does not count, but for the engine's own threads: what hung took minutes. */
const most = 4000
const engine =
  /Maximum call stack|is not a function|undefined \(|Cannot read|Cannot destructure|WebAssembly\.|Invalid array|out of memory|verify:|in the table/

test("every hostile formula ends soon, with a result or a sentence", { timeout: 300_000 }, () => {
  const output = execFileSync(process.execPath, ["scripts/run-ts.mjs", "test/hostile/worker.ts"], {
    cwd: root,
    encoding: "utf8",
    timeout: 240_000,
    maxBuffer: 1 << 26,
  })
  const answers = new Map<string, { readonly name: string; readonly said: string; readonly ms: number }[]>()
  const all = output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
  for (const one of all) answers.set(one.name, [...(answers.get(one.name) ?? []), one])
  expect(all.length).toBe(hostile.length + 7)
  const wrong = all.filter(({ said, ms }) => engine.test(said) || ms > most || !(said.startsWith("= ") || /^\w*Error: .{12}/.test(said)))
  expect(wrong).toEqual([])
  const unlike = hostile.filter(([, ends], n) => {
    const { said } = all[n]
    return ends === "result" ? !said.startsWith("= ") : said.startsWith("= ") || (typeof ends === "object" && !ends.test(said))
  })
  expect(unlike.map(([name]) => all.find((one) => one.name === name))).toEqual([])
})
