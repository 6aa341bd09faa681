// Formulas that are too long for the types' recursion are left to the build: no "excessively deep" (TS2589) in any TypeScript.
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"

const root = join(import.meta.dirname, "../..")
const row = (separator: string) => (count: number) => new Array(count).fill("x").join(separator)
const within = (before: string, after: string) => (count: number) => `${before.repeat(count)}x${after.repeat(count)}`
const list = (count: number) => new Array(count).fill("1").join(", ")
const forms: readonly ((count: number) => string)[] = [
  ...[" + ", " - ", " * ", " / ", " ** ", " | "].map(row),
  within("(", ")"),
  within("-", ""),
  within("Exp(", ")"),
  within("(0.5 + x * ", ")"),
  within("Sum(Concat(x, ", "))"),
  (count) => new Array(count).fill("Grad(x, x, 1)").join(" + "),
  (count) => `Kron(x, x, [${list(count)}], [${list(count)}])`,
  (count) => `TensorDot(x, x, [${list(count)}], [1], [], [])`,
]
const wrong = forms.map((form) => (count: number) => `${form(count)} + z`)
const call = (formula: string) => `genericSum("${formula}", "a = Vi(1)", "x = Vi(1)", "y = Vj(1)")`

/** Words of any length: names, right and wrong, operations, digits, arguments. Each formula in variables of one name. */
const words: readonly ((long: string, count: number) => readonly [formula: string, name: string, isRight: boolean])[] = [
  (long) => [`${long} - y`, long, true],
  (long) => [`${long} - z`, long, false],
  (long) => [`${long}(x)`, "x", false],
  (long) => [`Exp(${long})`, "x", false],
  (_, count) => [`x * ${"1".repeat(count)}`, "x", false],
  (_, count) => [`x * ${"0.".repeat(count / 2)}`, "x", false],
  (_, count) => [`Elem(x, ${"1".repeat(count)})`, "x", false],
]
const long = (count: number) => "name_1".repeat(count).slice(0, count)

describe.each(["typescript", "typescript-6", "typescript-7"])("%s", { timeout: 240_000 }, (compiler) => {
  test("takes long formulas of every form, right ones and wrong ones", () => {
    mkdirSync(join(root, "out"), { recursive: true })
    const folder = mkdtempSync(join(root, "out/types-"))
    try {
      const texts = [30, 90, 130, 310, 450, 1000, 3000].flatMap((count) => [...forms, ...wrong].map((form) => form(count)))
      const named = [400, 1100, 5000].flatMap((count) => words.map((word) => word(long(count), count)))
      const lines = [
        ...texts.map((text, n) => `export const f${n} = ${call(text)}`),
        ...named.map(([text, name], n) => `export const w${n} = genericSum("${text}", "a = Vi(1)", "${name} = Vi(1)", "y = Vj(1)")`),
      ]
      writeFileSync(join(folder, "calls.ts"), `import { genericSum } from "../../src/index.ts"\n${lines.join("\n")}\n`)
      const options = { noEmit: true, strict: true, target: "es2022", module: "nodenext", allowImportingTsExtensions: true }
      writeFileSync(
        join(folder, "tsconfig.json"),
        JSON.stringify({ compilerOptions: { ...options, skipLibCheck: true, types: ["node"] }, files: ["calls.ts"] }),
      )
      const { stdout } = spawnSync(process.execPath, [join(root, "node_modules", compiler, "bin/tsc"), "-p", folder, "--pretty", "false"], {
        encoding: "utf8",
        cwd: root,
      })
      const errors = [...stdout.matchAll(/calls\.ts\((\d+),\d+\): error (TS\d+): (.*)/g)]
      const deep = errors
        .filter(([, , code]) => code !== "TS2345")
        .map(([, line, code]) => `${code} ${lines[Number(line) - 2]?.slice(0, 90)}`)
      expect(deep).toEqual([])
      const wrongWords = new Set(errors.map(([, line]) => Number(line) - 2 - texts.length).filter((n) => n >= 0))
      expect(named.map((_, n) => !wrongWords.has(n))).toEqual(named.map(([, , isRight]) => isRight))
      // short wrong ones are still explained, and no right one is refused
      const refused = new Set(errors.map(([, line]) => texts[Number(line) - 2] ?? "+ z"))
      expect([...refused].every((text) => text.endsWith("+ z"))).toBe(true)
      expect(wrong.filter((form) => refused.has(form(30))).length).toBe(wrong.length)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
