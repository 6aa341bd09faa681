// Formulas that are too long for the types' recursion are left to the build: no "excessively deep" (TS2589) in any TypeScript.
import { spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

const root = join(import.meta.dirname, "../..")
const row = (separator: string) => (count: number) => new Array(count).fill("x").join(separator)
const within = (before: string, after: string) => (count: number) => `${before.repeat(count)}x${after.repeat(count)}`
const forms: readonly ((count: number) => string)[] = [
  ...[" + ", " - ", " * ", " / ", " ** ", " | "].map(row),
  within("(", ")"),
  within("-", ""),
  within("Exp(", ")"),
  within("(0.5 + x * ", ")"),
  within("Sum(Concat(x, ", "))"),
  (count) => new Array(count).fill("Grad(x, x, 1)").join(" + "),
]
const wrong = forms.map((form) => (count: number) => `${form(count)} + z`)
const call = (formula: string) => `genericSum("${formula}", "a = Vi(1)", "x = Vi(1)", "y = Vj(1)")`

describe.each(["typescript", "typescript-6", "typescript-7"])("%s", { timeout: 240_000 }, (compiler) => {
  it("takes long formulas of every form, right ones and wrong ones", () => {
    mkdirSync(join(root, "out"), { recursive: true })
    const folder = mkdtempSync(join(root, "out/types-"))
    try {
      const texts = [30, 90, 130, 310, 450, 1000, 3000].flatMap((count) => [...forms, ...wrong].map((form) => form(count)))
      const lines = texts.map((text, n) => `export const f${n} = ${call(text)}`)
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
        .map(([, line, code]) => `${code} ${texts[Number(line) - 2]?.slice(0, 60)}`)
      expect(deep).toEqual([])
      // short wrong ones are still explained, and no right one is refused
      const refused = new Set(errors.map(([, line]) => texts[Number(line) - 2]!))
      expect([...refused].every((text) => text.endsWith("+ z"))).toBe(true)
      expect(wrong.filter((form) => refused.has(form(30))).length).toBe(wrong.length)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
