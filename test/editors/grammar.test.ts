// The grammars of the VS Code extension, by VS Code's own tokenizer, injected into the grammars of TypeScript and JavaScript that it has.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import oniguruma from "vscode-oniguruma"
import textmate from "vscode-textmate"
import { grammars, hosts } from "../../editors/vscode/grammar.ts"
import { precedence } from "../../src/operations/operation.ts"
import { operations } from "../../src/operations/table.ts"
import { root } from "../layers/sources.ts"

const require = createRequire(import.meta.url)
const folder = join(root, "node_modules/tm-grammars/grammars")
const files: Readonly<Record<string, string>> = {
  "source.ts": "typescript",
  "source.tsx": "tsx",
  "source.js": "javascript",
  "source.js.jsx": "jsx",
}

let registry: textmate.Registry
beforeAll(async () => {
  await oniguruma.loadWASM(readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm")))
  const ours = Object.values(grammars)
  registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const own = ours.find(({ scopeName }) => scopeName === scope)
      const text = own ? JSON.stringify(own) : files[scope] && readFileSync(join(folder, `${files[scope]}.json`), "utf8")
      if (!text) return null
      // Theirs of JSX has the scope of JavaScript's; VS Code has one of its own for it.
      return textmate.parseRawGrammar(text.replaceAll('"scopeName":"source.jsx"', `"scopeName":"${scope}"`), `${scope}.json`)
    },
    getInjections: (scope) => (hosts.includes(scope) ? ours.map(({ scopeName }) => scopeName) : []),
  })
})

/** The tokens of a text that are not only spaces, each with its scopes. */
async function tokens(
  text: string,
  scope = "source.ts",
): Promise<readonly { readonly text: string; readonly scopes: readonly string[] }[]> {
  const grammar = (await registry.loadGrammar(scope))!
  let stack = textmate.INITIAL
  return text
    .split("\n")
    .flatMap((line) => {
      const { tokens: found, ruleStack } = grammar.tokenizeLine(line, stack)
      stack = ruleStack
      return found.map(({ startIndex, endIndex, scopes }) => ({ text: line.slice(startIndex, endIndex), scopes }))
    })
    .filter((token) => token.text.trim() !== "")
}

/** The tokens within formulas, as `text kind`, the kind being the middle of the innermost scope. */
async function inFormulas(text: string, scope?: string): Promise<readonly string[]> {
  const found = (await tokens(text, scope)).filter(({ scopes }) => scopes.includes("meta.embedded.formula.tskeops"))
  return found.map(
    (token) =>
      `${token.text.trim()} ${token.scopes
        .at(-1)!
        .replace(/\.tskeops$/, "")
        .split(".")
        .slice(0, 2)
        .join(".")}`,
  )
}

const operation = "support.function"
const name = "variable.other"
const number = "constant.numeric"
const operator = "keyword.operator"
const brace = "punctuation.section"
const comma = "punctuation.separator"
const category = "support.type"
const begin = "punctuation.definition"

/** `[text, kind]` pairs as `inFormulas` writes them. */
const kinds = (...pairs: readonly (readonly [text: string, kind: string])[]) => pairs.map(([text, kind]) => `${text} ${kind}`)

describe("formulas", () => {
  test("in a tag have operations, numbers, operators, references and terms", async () => {
    expect(await inFormulas("const f = keops`Exp(-2.5e-3 * $<x>) | Mine(y)`.sum()")).toEqual(
      kinds(
        ["Exp", operation],
        ["(", brace],
        ["-", operator],
        ["2.5e-3", number],
        ["*", operator],
        ["$<", begin],
        ["x", name],
        [">", begin],
        [")", brace],
        ["|", operator],
        ["Mine", "entity.name"],
        ["(", brace],
        ["y", name],
        [")", brace],
      ),
    )
  })
  test("in a tag declare variables, and refer to members", async () => {
    expect(await inFormulas("keops`$<g:Pm(1)> ** $<this.all[0]>`")).toEqual(
      kinds(
        ["$<", begin],
        ["g", name],
        [":", comma],
        ["Pm", category],
        ["(", brace],
        ["1", number],
        [")", brace],
        [">", begin],
        ["**", operator],
        ["$<", begin],
        ["this", "variable.language"],
        [".", "punctuation.accessor"],
        ["all", name],
        ["[", "punctuation.accessor"],
        ["0", number],
        ["]", "punctuation.accessor"],
        [">", begin],
      ),
    )
  })
  test("have each operation and each operator of the tables", async () => {
    for (const one of Object.keys(operations)) expect(await inFormulas(`keops("${one}(x)")`)).toContain(`${one} ${operation}`)
    for (const one of Object.keys(precedence)) expect(await inFormulas(`keops("x ${one} y")`)).toContain(`${one} ${operator}`)
  })
  test("have variables of the names of operations, where nothing is called", async () => {
    expect(await inFormulas('keops("Exp * Expo(x)")')).toEqual(
      kinds(["Exp", name], ["*", operator], ["Expo", "entity.name"], ["(", brace], ["x", name], [")", brace]),
    )
  })
  test("go over several lines of a tag", async () => {
    const found = await inFormulas("keops`Exp(\n  -SqDist($<x>, $<y>)\n)`")
    expect(found.filter((token) => token.endsWith(operation))).toEqual(kinds(["Exp", operation], ["SqDist", operation]))
  })
})

describe("calls", () => {
  const texts = async (text: string, scope?: string) => (await inFormulas(text, scope)).map((token) => token.split(" ")[0]).join("")

  test.each(hosts)("are found in %s", async (scope) => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source text
    expect(await texts("const f = ns.keops`Sin(x)`, h = keops('Cos(x)'), k = `${keops`Tan(x)`}`", scope)).toBe("Sin(x)Cos(x)Tan(x)")
  })
  test("have aliases, and formulas among the options", async () => {
    const text = `const f = genred("Square(p)", ["p = Pm(1)", "x = Vi(3)"], { reduction: "Sum", weight: "Exp(x)", over: "i" })`
    expect(await texts(text)).toBe("Square(p)p=Pm(1)x=Vi(3)Exp(x)")
    expect(await inFormulas('genericSum("x", "a = Vi(1)")')).toEqual(
      kinds(["x", name], ["a", name], ["=", "keyword.operator"], ["Vi", category], ["(", brace], ["1", number], [")", brace]),
    )
  })
  test("have the pieces of the call form, and no more of what is between them", async () => {
    expect(await texts('keops(["Exp(-", " * x)"], g).sum({ over: "i" })')).toBe("Exp(-*x)")
    expect(await texts('const all = [keops( [ "Exp(", ")" ], f("Sin(x)") )]')).toBe("Exp()")
  })
  test("of defineOperation have formulas in what it means", async () => {
    const text =
      'defineOperation({ name: "Bell", args: ["f"], shape: "same", means: "Exp(f)", gradient: { f: "e * Exp(f)" }, doc: "Exp(f)" })'
    expect(await texts(text)).toBe("Exp(f)e*Exp(f)")
  })
  test("of other names, in texts and in comments are left alone", async () => {
    for (const text of [
      "my.other`Exp(x)`",
      "notkeops`Exp(x)`",
      "\"keops('Exp(x)')\"",
      "// keops`Exp(x)`",
      "`keops('Exp(x)')`",
      "f().keops`Exp(x)`",
    ])
      expect(await texts(text)).toBe("")
  })
  test("leave what comes after them as it was, also where they are not finished", async () => {
    const rest = 'const after = other("Exp(x)") // done'
    const plain = await tokens(rest)
    for (const text of ["const f = keops`Exp($<x>)`.sum()", 'const f = keops("Exp(x)", g).sum()', 'keops("Exp(x', "keops`Exp($<x)`"])
      expect((await tokens(`${text.endsWith("x") ? `${text}\n)` : text}\n${rest}`)).slice(-plain.length)).toEqual(plain)
  })
})
