// The compiler may speak another language: our sentences are read from types, not from what it prints. See test/types/words.ts.
import { afterAll, expect, test } from "vitest"
import { head, mistakes, terms } from "../types/words.ts"
import { createProject, diagnostics } from "./project.ts"

/** Of the compiler itself. */
const theirs = /^(Cannot find name|Property|"k"|"Median")/
const rows = [
  ...mistakes.filter(([, , sentence]) => !theirs.test(sentence)).map(([code, , sentence]) => [code, sentence] as const),
  ...terms.map(([term, , sentence]) => [`export const v = keops(["Exp(-", " * ", ")"], ${term}, x).sum()`, sentence] as const),
  [
    'export const v = defineOperation({ name: "Gauss", args: ["f"], shape: "same", means: "Exq(f)" })',
    "in the definition of `Gauss`: unknown operation `Exq` (did you mean `Exp`?)",
  ] as const,
].map(([code, sentence], n) => [code.replace("const v ", `const v${n} `), sentence] as const)

const project = createProject({
  "src/called.ts": `${head.replace("genericArgKMin,", "defineOperation, genericArgKMin,")}${rows.map(([code]) => code).join("\n")}\nnope`,
})
afterAll(() => project.remove())

test("each sentence is the same in German, once and alone", async () => {
  const found = diagnostics(await project.compile("-p", ".", "--locale", "de"))
  expect(found.some((one) => one.includes("wurde nicht gefunden"))).toBe(true)
  const wrong = rows.flatMap(([code, sentence], n) => {
    const here = found.filter((one) => one.startsWith(`src/called.ts(${n + head.split("\n").length},`))
    const isOurs = here.length === 1 && here[0]!.includes(`: ${sentence}`)
    return isOurs ? [] : [[code, sentence, here]]
  })
  expect(wrong).toEqual([])
})
