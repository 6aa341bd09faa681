// Makes files of the TypeScript of a page: its parts one within the other, so that each sees what those before it declare and may declare
// anew; its whole programs as they are.
import { type Block, blocks } from "./pages.ts"

export interface Snippet {
  /** Name of the file, without an ending. */
  readonly name: string
  readonly code: string
  /** What the page says that it prints: behind `console.log(…)`, or in a block "text" that follows. */
  readonly prints: string
  /** The diagnostics that the page announces behind the lines at fault, in their order. */
  readonly errors: readonly string[]
}

const named = /^import \{(.*)\} from "(.*)"\n/gm

/** The import lines of several parts, each name once. */
function importsOf(parts: readonly string[]): string {
  const names = new Map<string, Set<string>>()
  for (const [, list, from] of parts.join("\n").matchAll(named)) {
    const known = names.get(from!) ?? new Set()
    names.set(from!, known)
    for (const name of list!.split(",")) known.add(name.trim())
  }
  const bare = parts.flatMap((part) => part.match(/^import ".*"$/gm) ?? [])
  return [...new Set(bare), ...[...names].map(([from, list]) => `import { ${[...list].join(", ")} } from "${from}"`)].join("\n")
}

/** `const name = …   // Matrix<"i", 1>` says a type, which is compared. */
function proofs(code: string): string {
  return [...code.matchAll(/^const (\w+) = .*\/\/ ((?:Matrix|Variable|Formula)<.*>)$/gm)]
    .map(([, name, type]) => `type proof_${name} = True<Equal<typeof ${name}, ${type}>>\n`)
    .join("")
}
const help = `import type { Formula, Matrix, Variable } from "tskeops"
type Equal<a, b> = (<t>() => t extends a ? 1 : 2) extends <t>() => t extends b ? 1 : 2 ? true : false
type True<t extends true> = t
`

const printed = (code: string) => [...code.matchAll(/^\s*console\.log\(.*\)\s*\/\/ (.*)$/gm)].map(([, text]) => `${text}\n`).join("")
const announced = (code: string) => [...code.matchAll(/\/\/ error: (.*)$/gm)].map(([, text]) => text!)

function whole(name: string, given: readonly string[], parts: readonly string[]): Snippet {
  const bodies = parts.map((part) => part.replace(/^import .*\n/gm, "")).map((part) => `${part}${proofs(part)}`)
  const body = bodies.reduceRight((inner, part) => `{\n${part}${inner}}\n`, "")
  const prelude = given.map((part) => part.replace(/^import .*\n/gm, "")).join("")
  const code = [importsOf([...given, ...parts]).replace(/\bMatrix(, )?/g, ""), help, prelude, body].join("\n")
  return { name, code, prints: printed(parts.join("\n")), errors: announced(parts.join("\n")) }
}

export function snippets(page: string, text: string): readonly Snippet[] {
  const name = page.replace(/\.md$/, "").replaceAll(/\W/g, "-")
  const all = blocks(text)
  const is = (wanted: string, note: string) => (block: Block) => block.language === wanted && block.note === note
  const code = (found: readonly Block[]) => found.map((block) => block.code)
  const given = code(all.filter(({ language }) => language === "given"))
  const parts = all.filter(is("ts", ""))
  const made = parts.length > 0 ? [whole(name, given, code(parts))] : []
  all.forEach((block, at) => {
    const next = all.slice(at + 1).find(({ language }) => /^(text|ts|typescript)$/.test(language))
    const output = next?.language === "text" ? next.code : printed(block.code)
    if (is("typescript", "")(block)) made.push({ name: `${name}-${at}`, code: block.code, prints: output, errors: [] })
    // What is wrong is compiled among the parts before it.
    if (is("ts", "wrong")(block)) made.push(whole(`${name}-${at}`, given, code([...all.slice(0, at).filter(is("ts", "")), block])))
  })
  return made
}
