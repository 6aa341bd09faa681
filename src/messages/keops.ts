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

export type NeedsRank<reduction extends string> = `${reduction} needs K, 1 or more: add \`k: 5\` to the options`
export function NeedsRank(reduction: string): string {
  return `${reduction} needs K, 1 or more: add \`k: 5\` to the options`
}

export type TakesNoRank<reduction extends string> = `${reduction} takes no K; leave \`k\` out`
export function TakesNoRank(reduction: string): string {
  return `${reduction} takes no K; leave \`k\` out`
}

export function UnknownReduction(name: string, known: readonly string[]): string {
  return `unknown reduction \`${name}\`; it must be one of ${known.join(", ")}`
}

export function NotAnAxis(over: string): string {
  return `\`over\` must be "i" or "j", got ${over}`
}

// Where its name is not known, as in types and at run time, a term is called by its position, like "term 1".

export type NotAConstant<
  term extends string,
  name extends string,
> = `${term} is a number that is not known before the program runs; declare it as a parameter, like \`Pm("${name}", 1)\`, and pass its value at the call`
export function NotAConstant(term: string, name: string): string {
  return `${term} is a number that is not known before the program runs; declare it as a parameter, like \`Pm("${name}", 1)\`, and pass its value at the call`
}

export type NotFinite<term extends string> = `${term} is not finite; the numbers of a formula must be finite, like 2 or 0.5`
export function NotFinite(term: string): string {
  return `${term} is not finite; the numbers of a formula must be finite, like 2 or 0.5`
}

export type NotATerm<
  term extends string,
  kind extends string,
> = `${term} is ${kind}; a term must be a variable (\`Vi\`, \`Vj\` or \`Pm\`), a formula, an operation or a number`
export function NotATerm(term: string, kind: string): string {
  return `${term} is ${kind}; a term must be a variable (\`Vi\`, \`Vj\` or \`Pm\`), a formula, an operation or a number`
}

export type IsData<
  term extends string,
  name extends string,
> = `${term} is data; declare a variable for it, like \`Vi("${name}", 3)\`, and pass the data at the call`
export function IsData(term: string, name: string): string {
  return `${term} is data; declare a variable for it, like \`Vi("${name}", 3)\`, and pass the data at the call`
}

export type UndeclaredInline<name extends string> = `\`$<${name}>\` is not declared in this text; write for example \`$<${name}:Vi(3)>\``
export function UndeclaredInline(name: string): string {
  return `\`$<${name}>\` is not declared in this text; write for example \`$<${name}:Vi(3)>\``
}

export type NotAReference<inside extends string> = `\`$<${inside}>\` must hold a name, as in \`$<x>\`, or declare one, as in \`$<x:Vi(3)>\``
export function NotAReference(inside: string): string {
  return `\`$<${inside}>\` must hold a name, as in \`$<x>\`, or declare one, as in \`$<x:Vi(3)>\``
}

/** In a tag, which the transformer reads. */
export function NotAReferenceInTag(inside: string): string {
  const expression = inside.trim().replace(/^#/, "this.#") || "x"
  return `\`$<${inside}>\` must hold a name, as in \`$<x>\` or \`$<this.x>\`; write \`\${${expression}}\``
}

export type NotClosedReference<rest extends string> = `\`>\` is missing to close \`$<${rest}\``
export function NotClosedReference(rest: string): string {
  return `\`>\` is missing to close \`$<${rest}\``
}

const remedy = `Import "tskeops/jit" once, to compile formulas at run time; or build with tspc (of ts-patch), with
  "plugins": [{ "transform": "tskeops/transformer", "transformProgram": true }]
in tsconfig.json, under "compilerOptions".`

/** What helps: with the compiler, writing the term is all. */
export function NotTransformed(name: string, hasCompiler = false): string {
  const sentence = `\`$<${name}>\` is read by the transformer alone, and this tag was not transformed; write \`\${${name}}\``
  return hasCompiler ? sentence : `${sentence}. ${remedy}`
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
