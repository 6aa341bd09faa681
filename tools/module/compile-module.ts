// Puts into the text of a module what its formulas are compiled to: each distinct artifact once, before the first statement that is no import, and at each
// call a reference to it as the last argument. Tags become calls. The types are left: whoever comes next takes them out.
import MagicString, { type SourceMap } from "magic-string"
import { onlyTargets, type Target } from "../../src/artifact/targets.ts"
import { nameOf, PREFIX } from "../../transformer/artifact-name.ts"
import type { CallPlan, ModulePlan, TagPlan } from "../hosts/host.ts"

export interface CompileOptions {
  /** The file's name, for the source map. */
  readonly file: string
  /** The kernels that are kept; all, if it is not set. */
  readonly targets?: readonly Target[]
}

/** Undefined where nothing is to be put in, or all is there already. */
export function compileModule(
  text: string,
  plan: ModulePlan,
  { file, targets }: CompileOptions,
): { readonly code: string; readonly map: SourceMap } | undefined {
  if (text.includes(PREFIX)) return undefined
  const { tags, calls } = plan
  if (tags.length === 0 && calls.every(({ extra, isPure }) => extra === undefined && !isPure)) return undefined
  const module = new MagicString(text)
  const constants = new Map<string, string>()
  const argument = ({ extra }: CallPlan): string | undefined => {
    if (extra === undefined) return undefined
    if (!("artifact" in extra)) return JSON.stringify(extra.formula)
    const artifact = onlyTargets(extra.artifact, targets)
    const name = nameOf(artifact)
    constants.set(name, JSON.stringify(artifact))
    return name
  }
  // Inner ones last: what is put at one place stands in the order in which it is put there.
  for (const call of calls) {
    if (call.isPure) module.appendRight(call.start, "/* @__PURE__ */ ")
    if (call.at === undefined) continue
    const added = argument(call)
    if (added !== undefined) module.appendLeft(call.at, call.needsComma ? `, ${added}` : added)
  }
  for (const tag of tags) {
    const call = calls.find(({ start, end, at }) => at === undefined && start === tag.start && end === tag.end)
    writeCall(module, text, tag, call && argument(call))
  }
  if (constants.size > 0) {
    const all = [...constants].map(([name, value]) => `${name} = ${value}`).join(", ")
    const before = plan.head > 0 && text[plan.head - 1] !== ";" ? ";" : ""
    module.appendLeft(plan.head, `${before} const ${all};`)
  }
  return { code: module.toString(), map: module.generateMap({ source: file, includeContent: true, hires: "boundary" }) }
}

/** keops`a${x}b` becomes keops(["a", "b"], x). */
function writeCall(module: MagicString, text: string, { tagEnd, end, pieces, terms }: TagPlan, added: string | undefined): void {
  const list = `([${pieces.map((piece) => JSON.stringify(piece)).join(", ")}]`
  const close = added === undefined ? ")" : `, ${added})`
  if (terms.length === 0) {
    module.update(tagEnd, end, list + close)
    return
  }
  const isSimple = terms.map((term) => /^[\p{ID_Continue}$.]+$/u.test(text.slice(term.start, term.end)))
  terms.forEach((term, n) => {
    const before = n === 0 ? list : isSimple[n - 1] ? "" : ")"
    module.update(n === 0 ? tagEnd : terms[n - 1]!.end, term.start, `${before}, ${isSimple[n] ? "" : "("}`)
  })
  module.update(terms[terms.length - 1]!.end, end, (isSimple[terms.length - 1] ? "" : ")") + close)
}
