// Sentences of the public face at run time and of its types: what is handed to `keops`, to the methods of a formula and to a reduction.

export type PieceCount<
  pieces extends string,
  terms extends string,
> = `${pieces} pieces do not fit ${terms} terms; there must be one piece more than terms`
export function PieceCount(pieces: number, terms: number): string {
  return `${pieces} pieces do not fit ${terms} terms; there must be one piece more than terms`
}

export type NotRanked<k extends string> = `K must be an integer, 1 or more, got ${k}`
export function NotRanked(k: string): string {
  return `K must be an integer, 1 or more, got ${k}`
}

export type LargeRank<k extends string, most extends number> = `K must be at most ${most}, got ${k}`
export function LargeRank(k: string, most: number): string {
  return `K must be at most ${most}, got ${k}`
}

export type NeedsRank<reduction extends string> = `${reduction} needs K, 1 or more: add \`k: 5\` to the options`
export function NeedsRank(reduction: string): string {
  return `${reduction} needs K, 1 or more: add \`k: 5\` to the options`
}

export type TakesNoRank<reduction extends string> = `${reduction} takes no K; leave \`k\` out`
export function TakesNoRank(reduction: string): string {
  return `${reduction} takes no K; leave \`k\` out`
}

export function NotAText(got: string): string {
  return `the formula must be a text, got ${got}`
}

export function NotAliases(): string {
  return 'the variables must come as a list of aliases, like ["x = Vi(3)", "y = Vj(3)"]'
}

export function UnknownReduction(name: string, known: readonly string[]): string {
  return `unknown reduction \`${name}\`; it must be one of ${known.join(", ")}`
}

export function NotAnAxis(over: string): string {
  return `\`over\` must be "i" or "j", got ${over}`
}

export function NotATerm(position: number): string {
  return `term ${position + 1} is neither a variable, nor a formula, nor a finite number`
}

export type UndeclaredInline<name extends string> = `\`$<${name}>\` is not declared in this text; write for example \`$<${name}:Vi(3)>\``
export function UndeclaredInline(name: string): string {
  return `\`$<${name}>\` is not declared in this text; write for example \`$<${name}:Vi(3)>\``
}

const remedy = `Either let the transformer compile the formulas: in tsconfig.json, under "compilerOptions", put
  "plugins": [{ "transform": "tskeops/transformer", "transformProgram": true }]
and build with tspc (of ts-patch) instead of tsc; or compile them at run time: import "tskeops/jit" once, before the first call.`

export function NotTransformed(name: string): string {
  return `\`$<${name}>\` names a variable of your program, which only the transformer can see. ${remedy}
Or write \${${name}} in its place.`
}

export function NotCompiled(formula: string): string {
  return `the formula \`${formula}\` has not been compiled. ${remedy}`
}

export function DimensionUnknown(formula: string): string {
  return `the dimension of \`${formula}\` is not known, because the formula has not been compiled. ${remedy}`
}

export function NotARecord(names: readonly string[]): string {
  return `expected one record of inputs: { ${names.join(", ")} }`
}

export function MissingInput(name: string): string {
  return `${name}: this input is missing`
}

export function UnknownInput(name: string, names: readonly string[]): string {
  return `${name}: the formula has no variable of this name; it has ${names.join(", ")}`
}
