// Each first mistake through tspc, in the call form and in the tag: one sentence, at its position, with the user's names. See test/types/words.ts.
import { afterAll, beforeAll, expect, test } from "vitest"
import { generic, head, mistakes, numbers, terms } from "../types/words.ts"
import { createProject, diagnostics, type Project } from "./project.ts"

const later = ".sum().grad('x')"
const inTag: readonly (readonly [code: string, at: string, sentence: string])[] = [
  [
    "keops`Exp(-$<sigma> * $<x>)`",
    "sigma",
    '`sigma` is a number that is not known before the program runs; declare it as a parameter, like `Pm("sigma", 1)`',
  ],
  ["keops`Exp(-$<nope> * $<x>)`", "nope", "Cannot find name 'nope'"],
  ["keops`Exp(-$<deep.x>)`", "deep", "'deep' is possibly 'undefined'"],
  ["keops`Exp(-$<loose> * $<x>)`", "loose", "`loose` has the type any"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code in a string
  ["keops`Exp(-$<#x>)`", "$<#x", "`$<#x>` must hold a name, as in `$<x>` or `$<this.x>`; write `${this.#x}`"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: code in a string
  ["keops`Exp(-$<f(x)>)`", "$<f", "`$<f(x)>` must hold a name, as in `$<x>` or `$<this.x>`; write `${f(x)}`"],
  ["keops`Exp(-$<>)`", "$<>", "`$<>` must hold a name"],
  ["keops`Exp(-$<x`", "$<x", "`>` is missing to close `$<x`"],
  ["keops`Exp($<x>) + Exq($<y>)`", "Exq", "unknown operation `Exq`"],
  ["keops`SqDist(x, $<y>)`", "x, $", "unknown variable `x`; declare it, or in `keops` write `$<x>` or"],
  ["keops`SqDist($x, $<y>)`", "$x", "unexpected `$` after `SqDist(`; write `$<x>` or"],
  ["keops`$<x> @ $<y>`", "@", "unexpected `@` after `x`; write `x | y` for a scalar product"],
  ["keops`$<x>[0]`", "[0]", "unexpected `[` after `x`; write `Elem(x, 0)` for one component"],
]
const taggedTerms = terms.map(([term, , sentence]) => [`keops\`Exp(-\${${term}} * $<x>)\``, `${term}} *`, sentence] as const)
const called = [
  ...mistakes,
  ...terms.map(
    ([term, , sentence]) => [`export const v = keops(["Exp(-", " * ", ")"], ${term}, x).sum()`, `${term}, x)`, sentence] as const,
  ),
].map(([code, ...rest], n) => [code.replace("const v ", `const v${n} `), ...rest] as const)
const tagged = [...inTag, ...taggedTerms].map(([code, ...rest], n) => [`export const t${n} = ${code}${later}`, ...rest] as const)
const right = `${head}
export class Holder {
  readonly x = Vi("x", 3)
  readonly #z = Vj("z", 3)
  made() {
    const inner = () => keops\`Exp($<this.x>) + $< this . #z > * 2\`
    return inner().sum()
  }
}
const all = deep!
export const members = keops\`$<all.x> + $<all.all[0]>\`.sum()
export const spaced = keops\`$<
  x > + \${y}\`.sum()
${numbers.map(([term], n) => `export const n${n} = keops\`\${${term}} * $<x>\`.sum()`).join("\n")}
`

let project: Project
let loosely: Project
let found: readonly string[]
beforeAll(async () => {
  project = createProject({
    "src/called.ts": head + called.map(([code]) => code).join("\n"),
    "src/tagged.ts": head + tagged.map(([code]) => code).join("\n"),
    "src/right.ts": right,
  })
  // Without declarations, which cannot be written of such types.
  loosely = createProject({ "src/generic.ts": head + generic.map(([code]) => code).join("\n") }, { declaration: false })
  found = [...diagnostics(await project.compile()), ...diagnostics(await loosely.compile())]
})
afterAll(() => {
  project?.remove()
  loosely?.remove()
})

test.each([
  ["src/called.ts", called],
  ["src/tagged.ts", tagged],
  ["src/generic.ts", generic],
] as const)("%s: each mistake once, at its place", (file, rows) => {
  const wrong = rows.flatMap(([code, at, sentence], n) => {
    const here = found.filter((one) => one.startsWith(`${file}(${n + head.split("\n").length},`))
    const column = Number(/,(\d+)\)/.exec(here[0] ?? "")?.[1]) - 1
    return here.length === 1 && here[0]!.includes(sentence) && (at === "" || column === code.indexOf(at))
      ? []
      : [[code, at, sentence, here]]
  })
  expect(wrong).toEqual([])
})

test("the transformer accepts members, `this` and numbers as terms", () => {
  expect(found.filter((one) => one.startsWith("src/right.ts"))).toEqual([])
  const text = project.read("out/right.js")
  expect(text).toContain("this.x, this.#z")
  expect(text).toMatch(/formula: "Exp\(x\) \+ z \* 2"/)
  expect(text).toMatch(/formula: "x \+ x"/)
  for (const [, formula] of numbers) expect(text).toContain(`formula: "${formula}"`)
})

test("the transformer leaves numbers to a program that imports the jit", async () => {
  project.write("src/called.ts", "")
  project.write("src/right.ts", "")
  project.write(
    "src/tagged.ts",
    `import "tskeops/jit"\n${head}export const f = keops\`Exp(-\${sigma} * $<x>)\`.sum()\nexport const g2 = keops\`\${loose}\`.sum()\n`,
  )
  expect(diagnostics(await project.compile())).toEqual([])
})
