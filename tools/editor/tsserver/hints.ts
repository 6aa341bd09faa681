// What is known of formulas already. Each key stroke makes a new program, whose types of all formulas would be computed again, though one has changed
// at most. So the tag of a formula that was right gets, before the general signature, one that has the answer for the very same terms.
import { handedTo, termsOf } from "../../../transformer/formula-call.ts"
import { argumentsOf } from "../../../transformer/request.ts"
import { findOrigin } from "../../../transformer/tags/imports.ts"
import type { Look, TagPlan } from "../../hosts/host.ts"
import type { VirtualText } from "../../virtual/virtual-text.ts"
import { tagAt } from "../formula/candidates.ts"

/** By the pieces of a formula, the signature of its tag. */
export type Hints = ReadonlyMap<string, string>

const keyOf = ({ pieces }: TagPlan): string => JSON.stringify(pieces)

/** Of all formulas of a file that are right. */
export function hintsOf({ context, tree, virtual }: Look): Hints {
  const { ts, program } = context
  const checker = program.getTypeChecker()
  const { owns } = findOrigin(context)
  /** A type of tskeops whose arguments are literals; undefined for any other. */
  const print = (type: ReturnType<typeof checker.getTypeAtLocation>): string | undefined => {
    if (type.isNumberLiteral()) return `${type.value}`
    for (const name of ["Variable", "Formula", "OwnOperation"]) {
      const given = argumentsOf(checker, type, name, owns)
      const texts = given?.map((one) => {
        const members = one.isUnion() ? one.types : [one]
        const literals = members.map((each) => (each.isStringLiteral() || each.isNumberLiteral() ? JSON.stringify(each.value) : undefined))
        return literals.includes(undefined) ? undefined : literals.join(" | ")
      })
      if (texts) return texts.includes(undefined) ? undefined : `import("tskeops").${name}<${texts.join(", ")}>`
    }
    return undefined
  }
  const hints = new Map<string, string>()
  for (const tag of virtual?.tags ?? []) {
    const call = tagAt(ts, tree, tag)?.call
    if (call === undefined || handedTo(ts, call).length === 0) continue
    const result = print(checker.getTypeAtLocation(call))
    const terms = termsOf(ts, call).map((term) => print(checker.getTypeAtLocation(term)))
    if (result === undefined || terms.includes(undefined)) continue
    hints.set(keyOf(tag), `{ (pieces: TemplateStringsArray, ...terms: [${terms.join(", ")}]): ${result} }`)
  }
  return hints
}

/** A virtual text with what is known; in files of TypeScript that name the package, so that the types can be named. */
export function withHints(file: string, written: string, virtual: VirtualText, hints: Hints | undefined): VirtualText {
  if (hints === undefined || /\.[cm]?jsx?$/.test(file) || !/["']tskeops["']/.test(written)) return virtual
  const tail = virtual.tags.reduce((text, tag) => {
    const hint = hints.get(keyOf(tag))
    const declared = `declare const ${tag.name}: `
    return hint === undefined ? text : text.replace(declared, () => `${declared}${hint} & `)
  }, virtual.text.slice(written.length))
  return { ...virtual, text: virtual.text.slice(0, written.length) + tail }
}
