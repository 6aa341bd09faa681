// The link from a sentence to its item in docs/troubleshooting.md, which names the cause and the remedy.
import type ts from "typescript"
// Written by `npx vitest run test/docs -u`, from the functions that make the sentences.
import anchors from "./anchors.json" with { type: "json" }

const PAGE = "https://github.com/tskeops/tskeops/blob/main/docs/troubleshooting.md"

interface Template {
  readonly pattern: RegExp
  readonly anchor: string
}
let templates: readonly Template[] | undefined

/** The template with the most words first: a short one with holes, like "… has …", matches much. A sentence may have others around it, with a colon. */
function readTemplates(): readonly Template[] {
  const words = (template: string) => template.replaceAll("…", "").length
  return Object.entries(anchors)
    .sort(([one], [other]) => words(other) - words(one))
    .map(([template, anchor]) => ({ pattern: new RegExp(`(?:^|: )${template.split("…").map(literal).join(".*")}$`, "s"), anchor }))
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s+")

/** The address of the item about a sentence; undefined if it is not one of ours. */
export function linkOf(sentence: string): string | undefined {
  templates ??= readTemplates()
  const found = templates.find(({ pattern }) => pattern.test(sentence))
  return found && `${PAGE}#${found.anchor}`
}

/** The text of a diagnostic: the sentence, and below it the link. Compilers and editors show both. */
export function linked({ category, code }: Pick<ts.Diagnostic, "category" | "code">, sentence: string): string | ts.DiagnosticMessageChain {
  const link = linkOf(sentence)
  return link === undefined ? sentence : { messageText: sentence, category, code, next: [{ messageText: `see ${link}`, category, code }] }
}
