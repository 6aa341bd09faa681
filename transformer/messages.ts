// The sentences that the transformer adds to those of formulas: where a build cannot do what the types say. The sentences of formulas are in src/messages.

import { NotATerm } from "../src/messages/keops.ts"

export function notAProgramTransformer(): string {
  return 'tskeops/transformer transforms programs: its line in tsconfig.json is { "transform": "tskeops/transformer", "transformProgram": true }'
}

export function unsupportedCompiler(version: string): string {
  return (
    `tskeops/transformer works with TypeScript 5.9 (and ts-patch 3.3) and with TypeScript 6 (and ts-patch 4), not with ${version}; ` +
    'install one of these pairs, or write formulas in the call form and import "tskeops/jit"'
  )
}

export function unknownOption(name: string, near: string, known: string): string {
  return `tskeops/transformer has no option "${name}"; ${near === "" ? `leave it out: there is ${known}` : `did you mean "${near}"?`}`
}

export function notBoolean(name: string, got: string): string {
  return `"${name}" of tskeops/transformer must be true or false, got ${got}`
}

export function notTargets(got: string): string {
  return `"targets" of tskeops must be ["wasm"], ["webgpu"] or both, got ${got}`
}

export function notLiteral(what: string): string {
  return (
    `${what} is not known while building, so that no kernel can be compiled for this reduction; ` +
    'write it as a literal ("as const", or a number), or import "tskeops/jit" to compile it when it runs'
  )
}

export function notTyped(term: string): string {
  return `${quote(term)} has the type any, so that no kernel can be compiled for its formula; give it its type, like Variable<"x", "Vi", 3>`
}

export function notAnEscape(broken: string): string {
  return `${quote(broken)} in this template is no escape, so that its formula has no text; take the backslash out`
}

export function notTheTag(name: string): string {
  return `the tag ${quote(name)} is another name for keops, so that its formula cannot be typed; import keops by that name, or write keops itself`
}

/** The types' sentence about a term, which they call by its position, with the words that the source has for it. */
export function ofTerm(sentence: string, term: string): string {
  if (/^-?(?:NaN|Infinity|Number\.\w+)$/.test(term)) return NotATerm(quote(term), "not finite")
  const name = /[A-Za-z_]\w*$/.exec(term)?.[0]
  return sentence.replace(/^term \d+/, quote(term)).replace(/(Pm|Vi)\("\w+"/, (whole, category) => (name ? `${category}("${name}"` : whole))
}

export function notOne(): string {
  return (
    "one of several formulas is reduced here, so that it is not known while building which; reduce each, like `flag ? f.sum() : g.sum()`, " +
    'or import "tskeops/jit" to compile it when it runs'
  )
}

export const parts = {
  formula: "the text of the formula",
  declarations: "the name, category or dimension of a variable",
  dimension: (name: string) => `the dimension of ${name}`,
  reduction: "the name of the reduction",
  weight: "the text of the weight",
  axis: 'the axis ("i" or "j")',
  entries: "the number K of entries",
  wrt: "the variable with respect to which the gradient is taken",
}

export function notCompiled(formula: string, why: string): string {
  return `the formula ${quote(formula)} cannot be compiled: ${why}`
}

export function shaderRefused(formula: string, why: string): string {
  return `the shader of ${quote(formula)} is refused by WebGPU's compiler: ${why}`
}

export function validatorMissing(why: string): string {
  return (
    'shaders cannot be validated: the package "webgpu" does not load here; install it (npm install --save-dev webgpu), ' +
    `or take "validate" out of the plugin's line in tsconfig.json (${why})`
  )
}

function quote(formula: string): string {
  const line = formula.replace(/\s+/g, " ").trim()
  return `\`${line.length > 60 ? `${line.slice(0, 57)}...` : line}\``
}
