// First mistakes, each followed by uses of the result: they must be reported once, at one position, without further errors.

export const head = `import { genericArgKMin, genericSum, genred, keops, type Matrix, Pm, Vi, Vj, type Variable } from "tskeops"
declare const data: Float32Array, sigma: number, text: string, either: number | string, few: 2 | 3, maybe: number | undefined, mat: Matrix<"i", 3>
declare const loose: any, deep: { readonly sigma: number; readonly x: Variable<"x", "Vi", 3>; readonly all: readonly [Variable<"x", "Vi", 3>] } | undefined
const x = Vi("x", 3), y = Vj("y", 3), g = Pm("g", 1)
`

/** Uses of a formula or a reduction. */
const later = {
  formula: `; const r = f.sum(), l = f.logSumExp(), m = f.maxSumShiftExp(); f.kMin(3).grad("x"); r({ x: data, y: data }).then(({ data }) => data.length); r.with({}).grad("x")({ x: data, y: data, cotangent: data }); keops(["SqDist(", ", ", ")"], f, x).sum(); f.dim.toFixed(); r.valueAndGrad(["x"])({ x: data, y: data, cotangent: data }).then(({ value, gradients: { x } }) => [l, m, value, x])`,
  reduction: `; r(data, data).then(({ data }) => data.length); r.with({}).grad("x")(data, data, data); r.valueAndGrad(["x"])`,
}
const formula = (code: string) => `{ const f = ${code}${later.formula} }`
const reduction = (code: string) => `{ const r = ${code}${later.reduction} }`

const constant = "is a number that is not known before the program runs; declare it as a parameter, like `Pm("
const term = "a term must be a variable, a formula, an operation or a finite number"
const finite = `is not finite; ${term}`

/** The term, and how it is named in errors: by its position in types, by its name in the transformer. */
export const terms: readonly (readonly [term: string, types: string, transformer: string])[] = [
  ["sigma", `term 1 ${constant}"p", 1)\``, `\`sigma\` ${constant}"sigma", 1)\``],
  ["deep!.sigma", `term 1 ${constant}"p", 1)\``, `\`deep!.sigma\` ${constant}"sigma", 1)\``],
  ["2 * sigma", `term 1 ${constant}"p", 1)\``, `\`2 * sigma\` ${constant}"sigma", 1)\``],
  ["few", `term 1 ${constant}"p", 1)\``, `\`few\` ${constant}"few", 1)\``],
  ["NaN", `term 1 ${constant}"p", 1)\``, `\`NaN\` ${finite}`],
  ["Infinity", `term 1 ${constant}"p", 1)\``, `\`Infinity\` ${finite}`],
  ["1e999", `term 1 ${finite}`, `\`1e999\` ${finite}`],
  ["text", `term 1 is a string; ${term}`, `\`text\` is a string; ${term}`],
  ["either", `term 1 is not always one; ${term}`, `\`either\` is not always one; ${term}`],
  ["maybe", `term 1 is not always one; ${term}`, `\`maybe\` is not always one; ${term}`],
  ["{ a: 1 }", `term 1 is an object; ${term}`, `\`{ a: 1 }\` is an object; ${term}`],
  ["null", `term 1 is null; ${term}`, `\`null\` is null; ${term}`],
  ["true", `term 1 is a boolean; ${term}`, `\`true\` is a boolean; ${term}`],
  ["3n", `term 1 is a bigint; ${term}`, `\`3n\` is a bigint; ${term}`],
  ["() => 2", `term 1 is a function; ${term}`, `\`() => 2\` is a function; ${term}`],
  ["x.sum()", `term 1 is a reduction; ${term}`, `\`x.sum()\` is a reduction; ${term}`],
  ["mat", 'term 1 is data; declare a variable for it, like `Vi("x", 3)`', '`mat` is data; declare a variable for it, like `Vi("mat", 3)`'],
  ["[1, 2]", 'term 1 is data; declare a variable for it, like `Vi("x", 3)`', "`[1, 2]` is data; declare a variable for it, like `Vi("],
  [
    "data",
    'term 1 is data; declare a variable for it, like `Vi("x", 3)`',
    '`data` is data; declare a variable for it, like `Vi("data", 3)`',
  ],
]

/** Mistakes that types and transformer report in the same words, at the position of `at`. Column 0: only the sentence is the same. */
export const mistakes: readonly (readonly [code: string, at: string, sentence: string])[] = [
  [formula('keops(["Exp(", " - ", ")"], nope, y)'), "nope", "Cannot find name 'nope'"],
  [formula('keops(["Exq(", " - ", ")"], x, y)'), "", "unknown operation `Exq` (did you mean `Exp`?)"],
  [formula('keops(["SqDist(", ", ", ")"], x, Vj("z", 2))'), "", "in `SqDist(x, z)`: dimensions 3 and 2 differ"],
  [formula('keops("SqDist(x, $<y:Vj(3)>)")'), "", "unknown variable `x`; declare it, or in `keops` write `$<x>` or"],
  [formula('keops(["", " ^ ", ""], x, y)'), "", "unexpected `^` after `x`; write `x ** 2` for a power"],
  [formula('keops(["", " // ", ""], x, y)'), "", "unexpected `/` after `x /`; write `Floor(x / y)`"],
  [formula('keops(["", " ", ""], x, y)'), "", "unexpected `y` after `x`; write an operator between them, like `*`"],
  [formula('keops(["", "(", ")"], x, y)'), "", "`x` is a variable, not an operation; write `x * (` for a product"],
  [formula('keops(["", " - ", ""], x, Vj("x", 3))'), "", "`x` is declared in two ways"],
  [formula('keops("Exp($<x>) - $<y:Vj(3)>")'), "", "`$<x>` is not declared in this text"],
  [formula('keops("Exp($<a.b>)")'), "", "`$<a.b>` is not declared in this text"],
  [formula('keops("Exp($<>)")'), "", "`$<>` is not declared in this text"],
  [formula('keops("Exp($<x:Vi(3)> - $<y)")'), "", "`>` is missing to close `$<y)`"],
  [formula('keops("Exp($<x:Vi(0)>)")'), "", "the dimension `0` must be an integer from 1 to 16777216"],
  [formula('keops(["", " - ", ""], Vi("x", 0), y)'), "0)", "in `x = Vi(0)`: the dimension `0` must be an integer from 1 to 16777216"],
  [formula('keops(["", " - ", ""], Vi("2x", 3), y)'), '"2x"', "`2x` is not a name"],
  [reduction('genericSum("x - y", "a = Vi(3)", "x : Vi(3)", "y = Vj(3)")'), '"x : Vi(3)"', "`x : Vi(3)` is not an alias"],
  [reduction('genericSum("x - y", "a = Vi(2)", "x = Vi(3)", "y = Vj(3)")'), '"a = Vi(2)"', "the output `a = Vi(2)` does not fit"],
  [reduction('genericSum("x - q", "a = Vi(3)", "x = Vi(3)", "y = Vj(3)")'), "", "unknown variable `q`; declare it"],
  [reduction('genred("x - q", ["x = Vi(3)", "y = Vj(3)"], { reduction: "Sum" })'), "", "unknown variable `q`; declare it"],
  [reduction('genericSum("x - y", "a = Vi(3)", "x = Vi(3)", "x = Vj(3)")'), '"x = Vi(3)"', "`x` is declared twice"],
  [reduction('genred("x - y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "KMin" })'), "{ reduction", "KMin needs K, 1 or more"],
  [reduction('genred("x - y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "Median" })'), "reduction:", `"Median"`],
  [reduction('genred("x - y", ["x = Vi(3)", "y = Vj(3)"], { reduction: "Sum", weight: "x" })'), "weight:", "Sum accepts no weight"],
  [
    `{ const r = keops(["", " - ", ""], x, y).kMin(0); r({ x: data, y: data }); r.grad("x") }`,
    "0)",
    "K, the number of entries to keep, must be an integer from 1 to 65536, got 0",
  ],
  [
    `{ const r = keops(["", " - ", ""], x, y).kMin(); r({ x: data, y: data }); r.grad("x") }`,
    "keops",
    "K, the number of entries to keep, must be an integer from 1 to 65536, got undefined",
  ],
  [
    `{ const r = keops(["", " - ", ""], x, y).sum().valueAndGrad([]); r({ x: data, y: data, cotangent: data }) }`,
    "[])",
    "a gradient needs the name of one variable or more; for the value alone call the reduction itself",
  ],
  [formula('keops(["", " - ", ""], x)'), '"", " - "', "got 3 pieces and 1 terms; give an array with one piece more than terms"],
  [formula('keops("x - y", x, y)'), '"x - y"', "got 1 pieces and 2 terms; give an array with one piece more than terms"],
  [formula("keops([])"), "[])", "got 0 pieces and 0 terms; give an array with one piece more than terms"],
  [
    reduction('genericSum("SqDist(x, y)", "x = Vi(3)", "y = Vj(3)")'),
    '"x = Vi(3)"',
    "the first alias, `x = Vi(3)`, is the output, but the formula reads `x`; put an output before it, like `a = Vi(1)` (over j)",
  ],
  [
    reduction('genericSum("p * SqDist(x, y)", "p = Pm(1)", "x = Vi(3)", "y = Vj(3)")'),
    '"p = Pm(1)"',
    "the first alias, `p = Pm(1)`, is the output, but the formula reads `p`",
  ],
  [
    '{ const r = genericArgKMin("SqDist(x, y)", "x = Vi(3)", "y = Vj(3)"); r(data, data); r.with({})(data, data) }',
    '"x = Vi(3)"',
    "the first alias, `x = Vi(3)`, is the output, but the formula reads `x`",
  ],
  [`{ const r = keops(["", " - ", ""], x, y).sum({ over: "k" }); r({ x: data, y: data }); r.grad("x") }`, "over:", `"k"`],
  [
    `{ const d = keops(["", " - ", ""], x, y).sum().grad("zz"); d({ x: data, y: data, cotangent: data }); d.grad("x") }`,
    '"zz"',
    "the formula has no variable `zz`",
  ],
  [
    `{ const d = keops(["", " - ", ""], x, y).argMin().grad("x"); d({ x: data, y: data, cotangent: data }); d.grad("x") }`,
    '"x")',
    "ArgMin has no gradient: its output is piecewise constant",
  ],
  [
    `{ const d = keops(["", " | ", ""], x, y).maxSumShiftExp().grad("x"); d({ x: data, y: data, cotangent: data }) }`,
    '"x")',
    "the gradient of Max_SumShiftExp is not implemented; take that of LogSumExp or of SumSoftMaxWeight",
  ],
  [
    `{ const r = keops(["", " - ", ""], x, y).sumSoftMaxWeight(y); r({ x: data, y: data }); r.grad("x") }`,
    "keops",
    "SumSoftMaxWeight shares one maximum",
  ],
  [`{ const r = keops(["", " - ", ""], x, y).summ(); r({ x: data, y: data }); r.grad("x") }`, "summ", "Property 'summ' does not exist"],
]

/** Code that depends on type parameters or on what is known at run time only: types accept it; without the jit, the build reports one sentence for each. */
export const generic: readonly (readonly [code: string, at: string, sentence: string])[] = [
  [
    `export function g1<D extends number>(d: D) { const x = Vi("x", d), y = Vj("y", d), f = keops(["SqDist(", ", ", ")"], x, y); const r = f.sum(), l = f.logSumExp(), w = f.sumSoftMaxWeight(g); r({ x: data, y: data }); return [r, l, w, r.grad("x")] }`,
    "sum()",
    "the dimension of x is not known while building",
  ],
  [
    `export function g2(d: number) { const x = Vi("x", d), y = Vj("y", d * 2), f = keops(["SqDist(", ", ", ")"], x, y); const r = f.sum(), l = f.logSumExp(); r({ x: data, y: data }); return [l, r.grad("x")] }`,
    "sum()",
    "the dimension of x is not known while building",
  ],
  [
    `export function g3(d: 2 | 3) { const x = Vi("x", d), y = Vj("y", d), f = keops(["SqDist(", ", ", ")"], x, y); const r = f.sum(), l = f.logSumExp(); r({ x: data, y: data }); return [l, r.grad("x")] }`,
    "sum()",
    "the dimension of x is not known while building",
  ],
  [
    `export function g4<K extends number>(k: K) { return keops(["SqDist(", ", ", ")"], x, y).kMin(k) }`,
    "kMin",
    "the number K of entries is not known while building",
  ],
  [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code in a string
    "export function g5<D extends number>(d: D) { return genericSum('x - y', `a = Vi(${d})`, `x = Vi(${d})`, `y = Vj(${d})`) }",
    "genericSum",
    "is not known while building",
  ],
  [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code in a string
    "export function g6<D extends number>(d: D) { return genred('x - y', [`x = Vi(${d})`, 'y = Vj(3)'] as const, { reduction: 'LogSumExp' }) }",
    "genred",
    "is not known while building",
  ],
]

/** Valid terms, and the text that they make. */
export const numbers: readonly (readonly [term: string, text: string])[] = [
  ["42", "42 * x"],
  ["-0.5", "(-0.5) * x"],
  ["1e-3", "0.001 * x"],
  ["1e21", "1e+21 * x"],
  ["-1e-7", "(-1e-7) * x"],
  ["0", "0 * x"],
  ["2.5e8", "250000000 * x"],
]
