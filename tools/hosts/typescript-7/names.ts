// Which calls could be of tskeops, by the names that are called: others are not asked about. What makes formulas and reductions is exported by the
// package, or a method of what it exports; the texts of a program may give it other names, which are looked for widely rather than exactly.
import type ts from "typescript"
import type { Project, Symbol as SymbolObject } from "typescript-7/unstable/sync"
import type { Compiler } from "../../../transformer/context.ts"
import { isVirtualName } from "../../../transformer/formula-call.ts"
import type { Api } from "./api.ts"

/** The types with methods that make formulas or reductions. */
const MAKERS = new Set(["Formula", "Reduction", "Gradient", "ValueAndGradient"])

/** Of a name, in expressions. */
const LETTER = "[\\p{ID_Continue}$]"

/** The names of a package: what it exports to be called, or as the type of that, and the methods of what calls make. */
export interface PackageNames {
  readonly functions: ReadonlySet<string>
  readonly methods: ReadonlySet<string>
}

export function namesOf(
  { sync: { SignatureKind, SymbolFlags, TypeFlags } }: Api,
  { checker }: Project,
  module: SymbolObject,
): PackageNames {
  const functions = new Set<string>()
  const methods = new Set<string>()
  const data = TypeFlags.Literal | TypeFlags.Union | TypeFlags.StringLike | TypeFlags.NumberLike | TypeFlags.TypeParameter
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = exported.flags & SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
    if (symbol.flags & (SymbolFlags.Function | SymbolFlags.Variable)) functions.add(exported.name)
    if (!(symbol.flags & (SymbolFlags.Interface | SymbolFlags.TypeAlias))) continue
    const type = checker.getDeclaredTypeOfSymbol(symbol)
    if (MAKERS.has(exported.name)) {
      const properties = checker.getPropertiesOfType(type)
      checker.getTypeOfSymbol(properties).forEach((one, at) => {
        if (one && !(one.flags & data)) methods.add(properties[at]!.name)
      })
    } else if (checker.getSignaturesOfType(type, SignatureKind.Call).length > 0) functions.add(exported.name)
  }
  return { functions, methods }
}

export interface Names {
  /** Whether a text may hold a call of tskeops, or a tag. */
  isIn(text: string): boolean
  /** Whether the function of a call, or of a tag, may be one of tskeops. */
  isOf(call: ts.CallExpression | ts.TaggedTemplateExpression): boolean
}

export function findNames(ts: Compiler, packages: readonly PackageNames[], texts: readonly string[]): Names {
  const functions = new Set(packages.flatMap((one) => [...one.functions]))
  const names = new Set([...functions, ...packages.flatMap((one) => [...one.methods])])
  addBound(names, functions, texts)
  addRenamed(names, texts)
  // Whoever imports a default gives it any name.
  const asDefault = new RegExp(`export\\s+default\\s+${among(names)}|\\sas\\s+default`, "u")
  const isAny = texts.some((text) => asDefault.test(text))
  const called = new RegExp(`(?:${among(names)}|[\\])])\\s*[)!]*\\s*(?:\\?\\.)?\\s*[(<\`]`, "u")
  return {
    isIn: (text) => names.size > 0 && (isAny || called.test(text)),
    isOf(call) {
      let callee: ts.Expression = ts.isCallExpression(call) ? call.expression : call.tag
      while (ts.isParenthesizedExpression(callee) || ts.isNonNullExpression(callee)) callee = callee.expression
      const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee
      return isAny || !ts.isIdentifier(name) || names.has(name.text) || isVirtualName(name.text)
    },
  }
}

/** What is bound to a value in which a function of the package is named without being called: `const k = flag ? keops : other`. */
function addBound(names: Set<string>, functions: ReadonlySet<string>, texts: readonly string[]): void {
  const bound = new RegExp(
    `(${LETTER}+)[\\]}]?\\s*(?:\\??:|=|\\sextends)(?![=>])[^;\\n]*?${among(functions)}(?!\\s*(?:\\?\\.)?[(\`:])`,
    "gu",
  )
  const mentions = new RegExp(among(functions), "u")
  for (const text of texts) if (mentions.test(text)) for (const [, name] of text.matchAll(bound)) names.add(name!)
}

/** What is another name of a name: `k = keops`, `type K = typeof keops`, `keops as k`, `{ sum: s } = f`, until there are no more. */
function addRenamed(names: Set<string>, texts: readonly string[]): void {
  for (let fresh: ReadonlySet<string> = names; fresh.size > 0; ) {
    const word = among(fresh)
    const forms = [
      // Read backwards from the word, which is rarer than what may stand before it.
      `(?<=(?<!${LETTER})(${LETTER}+)\\s*(?:\\??:|=|\\sextends)\\s*(?:typeof\\s+)?(?:${LETTER}+\\s*\\??\\.\\s*)*)${word}(?=\\s*(?:[;,)}\\]>\\n]|$))`,
      `${word}\\s+as\\s+(${LETTER}+)`,
      `${word}\\s*:\\s*(${LETTER}+)\\s*[,}]`,
    ].map((form) => new RegExp(form, "gu"))
    const found = texts.flatMap((text) => forms.flatMap((form) => [...text.matchAll(form)].map((match) => match[1]!)))
    fresh = new Set(found.filter((name) => !names.has(name)))
    for (const name of fresh) names.add(name)
  }
}

/** One of these words, whole. */
function among(words: ReadonlySet<string>): string {
  return `(?<!${LETTER})(?:${[...words].map((one) => one.replace(/\$/g, "\\$")).join("|") || "(?!)"})(?!${LETTER})`
}
