// llms.txt: all that one needs to write formulas, on one page of plain text, for language models and for readers in a hurry. Made of the tables, of
// the docstrings, of the examples and of the pages; nothing is written here twice.
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { precedence, unaryMinusPrecedence } from "../../src/operations/operation.ts"
import { docs } from "../../src/reductions/docs.ts"
import { gradients } from "../../src/reductions/gradients.ts"
import { type ReductionName, type ReductionRow, reductions } from "../../src/reductions/reductions.ts"
import { documented, entries } from "../exports/public.ts"
import { root } from "../layers/sources.ts"
import { dimensionRule, foreignRemedies, formsOf, groups, limitRows, methodOf, userRules } from "./language.ts"
import { codeOf, read, repository, section } from "./pages.ts"
import { waysIn } from "./ways-in.ts"

const code = (text: string) => `\`${text}\``
const fenced = (language: string, text: string) => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\`\n`

/** A whole program, and what it prints. */
const program = (text: string, prints: string) => `${fenced("typescript", text)}\nIt prints\n\n${fenced("text", prints)}`
const first = read("docs/getting-started.md")
const programs = [
  program(codeOf(first, "typescript")[0]!, codeOf(first, "text")[0]!),
  ...["kernel-regression", "k-means"].map((name) =>
    program(readFileSync(join(root, `examples/${name}.ts`), "utf8"), codeOf(read("examples/README.md"), "text", name)[0]!),
  ),
]

/** The pages that this one has in it. */
const here = /^(?:language|guide)\.md/

/** A text of a page as it is read here: what it takes for granted is seen, and links lead out of this page only. */
function alone(text: string): string {
  return text
    .replaceAll(/^<!-- given\n([\s\S]*?)^-->\n/gm, (_, given: string) => fenced("ts", given))
    .replaceAll(/\[([^\]]+)\]\((?!https?:)([^)#]*)[^)]*\)/g, (_, shown: string, page: string) => {
      if (page === "" || here.test(page)) return shown === page ? "this page" : shown
      const address = `${repository}/blob/main/docs/${page}`
      return shown === page ? address : `${shown} (${address})`
    })
    .replaceAll(/<a id="[^"]*"><\/a>/g, "")
    .trim()
}
const part = (page: string, title: string) => `## ${alone(section(read(page), title))}\n`

function operators(): string {
  const levels = new Map<number, string[]>([[unaryMinusPrecedence, ["-f"]]])
  for (const [text, level] of Object.entries(precedence)) levels.set(level, [...(levels.get(level) ?? []), text])
  return [...levels]
    .sort(([a], [b]) => b - a)
    .map(([, texts]) => texts.map(code).join(" "))
    .join(", then ")
}

const remedies = () => [...foreignRemedies()].map(([remedy, all]) => `- ${all.map(code).join(" ")}: ${remedy}`).join("\n")

const operationLists = () =>
  groups()
    .map(([title, members]) => {
      const lines = members.map((entry) => {
        const [, row] = entry
        const none = row.gradient === null ? " No derivative." : ""
        return `- ${formsOf(entry)}, dimension ${dimensionRule(row.shape, row.args)}: ${row.doc}${none}`
      })
      return `### ${title}\n\n${lines.join("\n")}\n`
    })
    .join("\n")

const reductionList = () =>
  Object.entries<ReductionRow>(reductions)
    .map(([name, row]) => `- ${methodOf(name, row)} (${name}): ${docs[name as ReductionName]}${name in gradients ? "" : " No gradient."}`)
    .join("\n")

/** The exports with the first paragraph of their docstrings, functions with an example. */
const exportList = () =>
  documented(entries.tskeops)
    .filter(({ name }) => !/[.( ]/.test(name))
    .map(({ name, text, tags }) => {
      const [first = ""] = text.split("\n\n")
      const shown = tags
        .filter((tag) => tag.name === "example")
        .map((tag) => fenced("ts", (tag.text ?? []).map((one) => one.text).join("")))
      return [`- ${code(name)}: ${first.replaceAll("\n", " ")}\n`, ...shown].join("\n")
    })
    .join("")

/** The groups of errors, each with what its sentences have in common, and those whose remedy is not in the sentence itself. */
function errors(): string {
  const groups = read("docs/troubleshooting.md")
    .split(/^## (?=<a id=)/m)
    .slice(1)
  return groups
    .map((group) => {
      const [title = "", intro = "", ...items] = alone(group).split(/\n\n|^- /m)
      const own = items.flatMap((item) => {
        const [, sentence, remedy] = /^`` (.*?) ``(?: or .*)?\n([\s\S]+)$/.exec(item.trim()) ?? []
        return sentence === undefined ? [] : [`- \`\` ${sentence} \`\`: ${remedy!.trim()}`]
      })
      return `### ${title}\n\n${[intro, ...own].join("\n")}\n`
    })
    .join("\n")
}

export function llms(): string {
  return `# TSKeOps

> Package \`tskeops\`: KeOps for TypeScript. Formulas of vectors x_i, y_j and parameters, reduced over i or j without storing the M x N table of pairs; types know
> the formula, and the build compiles it to WebGPU and to WebAssembly SIMD. All numbers are float32.

This page is made of the tables, the docstrings and the documentation of the package: \`npx vitest run test/docs -u\`.

## In short

- Declare variables: \`Vi("x", 3)\` has a row of 3 numbers for each i, \`Vj("y", 3)\` for each j, \`Pm("g", 1)\` one row for all pairs. Dimensions are literals.
- Write a formula: the tag \`\` keops\`Exp(-$<g> * SqDist($<x>, $<y>))\` \`\`. \`$<x>\` refers to x in scope and needs one of the ways in below; \`\${x}\` means the same in
  every TypeScript, and \`\${…}\` accepts literal numbers and other formulas, too.
- Or in the call form, typed exactly by plain TypeScript: \`keops(["Exp(-", " * SqDist(", ", ", "))"], g, x, y)\`, or \`keops("Exp(-$<g:Pm(1)> * SqDist($<x:Vi(3)>, $<y:Vj(3)>))")\`.
- Or KeOps's: \`genericSum("Exp(-SqDist(x, y))", "a = Vi(1)", "x = Vi(3)", "y = Vj(3)")\`, \`genred(formula, aliases, { reduction: "Sum" })\`.
- Reduce it over j (the default), or with \`{ over: "i" }\`: \`const density = kernel.sum()\`.
- Call that with data: \`const a = await density({ x: points, y: samples, g: 0.5 })\`. Inputs are row-major typed arrays, arrays of rows, or matrices; \`a.data\` is a Float32Array.

## Ways in

A formula is compiled by one of these; without one its first call throws. Install with \`npm install tskeops\`.

${waysIn()}
## Examples

Each is a whole program.

${programs.join("\n")}
## Grammar of a formula

${fenced("", codeOf(read("docs/language.md"), "")[0]!)}
Operators, the tightest first: ${operators()}. They associate to the left, \`**\` to the right; comparisons are 1 or 0 and do not chain. \`|\` is the scalar product, looser than \`+\`.
Names are case sensitive; spaces and line breaks are ignored. A number (dimension 1) beside a vector is used for every component. d(f) is the dimension of f.

What other languages write:

${remedies()}

| limit of | at most |
| --- | --- |
${limitRows()}

## Operations

${operationLists()}
## Reductions

A method of a formula makes a reduction; each works on every component alone. Ties go to the smallest index, and NaN never wins.

${reductionList()}

${["Categories and dimensions", "Calling a reduction", "Weights", "Gradients", "Which distance for embeddings", "User-defined operations"].map((title) => part("docs/guide.md", title)).join("\n")}
### Dimension rules of defineOperation

${userRules()}

${["Options", "Numbers"].map((title) => part("docs/guide.md", title)).join("\n")}
## Exports

${exportList()}
## Errors and remedies

A mistake is one sentence, the same in editors, builds and at run time: where it is, what is wrong, what to write.

${errors()}`
}
