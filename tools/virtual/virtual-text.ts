// The virtual text of a file: what TypeScript is given in the place of the text that the user wrote. Every position is the same in both. The name
// of each tag becomes a fresh one, declared behind the end of the file with the pieces that it cannot know otherwise; `$<x>` becomes `${x}`:
//
//     keops`Exp(-$<x>)`.sum()        ꀀ0000`Exp(-${x})`.sum()
//                                    declare const ꀀ0000: ReturnType<typeof keops.tagOf<readonly ["Exp(-", ")"]>>;
import type ts from "typescript"
import { FIRST_LETTER, LETTERS } from "../../transformer/formula-call.ts"
import { findTags, withoutParentheses } from "../../transformer/tags/find-tags.ts"
import type { Modules } from "../../transformer/tags/imports.ts"
import { cut, declaredIn, escapeThatIsNone, literals, position } from "../../transformer/tags/template-pieces.ts"
import type { TagPlan } from "../hosts/host.ts"

/** A tag, and the name that it has in the virtual text. */
export interface VirtualTag extends TagPlan {
  readonly name: string
  /** As it is written, for messages. */
  readonly written: string
}

export interface VirtualText {
  readonly text: string
  /** In the order of their starts. */
  readonly tags: readonly VirtualTag[]
}

/** Of the file whose tree is `file`; undefined where there is no tag, and the text is as it was. */
export function virtualText(modules: Modules, file: ts.SourceFile): VirtualText | undefined {
  const found: ts.TaggedTemplateExpression[] = []
  findTags(modules, file, (tag) => found.push(tag))
  if (found.length === 0) return undefined
  found.sort((a, b) => a.pos - b.pos || b.end - a.end)
  const text = [...splitUnits(file.text)]
  const tails: string[] = []
  const tags = found.flatMap((tag, n): VirtualTag[] => {
    const plan = planOf(modules, file, tag)
    if (plan === undefined) return []
    const { start, tagEnd, pieces } = plan
    const written = withoutParentheses(modules.ts, tag.tag).getText(file)
    const room = /^[^\s.()/]+/.exec(file.text.slice(start, tagEnd))?.[0].length ?? 1
    const name = nameOf(n, room)
    for (let at = start; at < tagEnd; at++)
      text[at] = name[at - start] ?? (/[\r\n\u2028\u2029]/.test(file.text[at]!) ? file.text[at]! : " ")
    for (const { open, end } of plan.references) {
      // The dollar may be an escape: `\$<x>`, `\x24<x>`.
      const at = file.text.indexOf("<", open)
      text.fill(" ", open, at)
      text[at - 1] = "$"
      text[at] = "{"
      text[file.text.indexOf(">", end)] = "}"
    }
    tails.push(declaration(written, name, pieces, /\.[cm]?jsx?$/.test(file.fileName)))
    return [{ ...plan, name, written }]
  })
  return { text: `${text.join("")}\n${tails.join("\n")}\n`, tags }
}

/** Whether a file with this text may pass on to others what it imports: what it exports again may be the tag. */
export const mayPassTagOn = (text: string | undefined): boolean => text !== undefined && /\bexport\s*(?:\*|\{)/.test(text)

interface Reference {
  /** Where `$<` stands. */
  readonly open: number
  /** Where the name ends. */
  readonly end: number
}

function planOf(
  { ts }: Modules,
  file: ts.SourceFile,
  tag: ts.TaggedTemplateExpression,
): (TagPlan & { references: Reference[] }) | undefined {
  const isUnterminated = file.text[tag.end - 1] !== "`"
  if (isUnterminated || escapeThatIsNone(ts, file, tag.template) !== undefined) return undefined
  const tokens = literals(ts, tag.template)
  const own = declaredIn(tokens)
  const pieces: string[] = []
  const terms: { start: number; end: number }[] = []
  const references: Reference[] = []
  tokens.forEach((token, n) => {
    const begin = token.getStart(file) + 1
    let offset = 0
    for (const part of cut(file, token, own)) {
      if ("name" in part) {
        references.push({ open: position(file.text, begin, offset), end: part.end })
        terms.push({ start: part.start, end: part.end })
        offset = token.text.indexOf(">", offset + 1) + 1
      } else {
        pieces.push(part.text)
        offset += part.text.length
      }
    }
    const span = ts.isTemplateExpression(tag.template) ? tag.template.templateSpans[n] : undefined
    if (span) terms.push({ start: span.expression.getStart(file), end: span.expression.end })
  })
  return { start: tag.getStart(file), tagEnd: tag.tag.end, end: tag.end, pieces, terms, references }
}

/** The n-th fresh name of some length. Names of one letter end after a thousand. */
function nameOf(n: number, length: number): string {
  const letter = String.fromCharCode(FIRST_LETTER + (n % LETTERS))
  return (
    letter +
    (length > 1
      ? Math.floor(n / LETTERS)
          .toString(36)
          .padStart(length - 1, "0")
      : "")
  )
}

function declaration(tag: string, name: string, pieces: readonly string[], isJavaScript: boolean): string {
  const type = `ReturnType<typeof ${tag}.tagOf<readonly [${pieces.map((piece) => JSON.stringify(piece)).join(", ")}]>>`
  // "*/" would end the comment.
  return isJavaScript ? `/** @type {${type.replaceAll("*/", "*\\u002f")}} */ var ${name};` : `declare const ${name}: ${type};`
}

/** UTF-16 units: positions count these. */
function* splitUnits(text: string): Generator<string> {
  for (let at = 0; at < text.length; at++) yield text[at]!
}
