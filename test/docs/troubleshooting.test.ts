// docs/troubleshooting.md quotes the sentences of the message files. `npx vitest run test/docs -u` writes them anew where they have changed.
import { join } from "node:path"
import { expect, test } from "vitest"
import { linkOf } from "../../transformer/troubleshooting.ts"
import { root } from "../layers/sources.ts"
import { codeOf, read } from "./pages.ts"
import { sentences } from "./sentences.ts"

const page = read("docs/troubleshooting.md")
const known = sentences()
/** An anchor at the start of an item names the sentence's function; the rest of that line is the sentence. */
const item = /^- <a id="([^"]+)"><\/a>.*$/gm
const quoted = (ways: readonly string[]) => ways.map((text) => `\`\` ${text} \`\``).join(" or ")
const named = [...page.matchAll(item)].map(([, name]) => name!)

test("troubleshooting lists every sentence once, and no other", () => {
  expect(new Set(named).size).toBe(named.length)
  // A new sentence gets a line `- <a id="name of its function, in lower case"></a>` in its group, and `-u` writes the rest.
  expect({ missing: [...known.keys()].filter((name) => !named.includes(name)), unknown: named.filter((name) => !known.has(name)) }).toEqual(
    {
      missing: [],
      unknown: [],
    },
  )
})

test("troubleshooting quotes sentences exactly", async () => {
  const now = page.replaceAll(item, (line, name) => (known.has(name) ? `- <a id="${name}"></a>${quoted(known.get(name)!)}` : line))
  await expect(now).toMatchFileSnapshot(join(root, "docs/troubleshooting.md"))
})

test("the transformer links each sentence to its item", async () => {
  const anchors = Object.fromEntries([...known].flatMap(([name, ways]) => ways.map((text) => [text, name])))
  await expect(`${JSON.stringify(anchors, null, 2)}\n`).toMatchFileSnapshot(join(root, "transformer/anchors.json"))
  const linkTo = (name: string) => expect.stringMatching(`/troubleshooting.md#${name}$`)
  for (const [text, name] of Object.entries(anchors))
    for (const around of ["", "in `x - y`: ", "in the definition of `A`: "])
      expect(linkOf(around + text.replaceAll("…", "x (1)")), text).toEqual(linkTo(name))
  expect(linkOf("Cannot find name 'x'.")).toBe(undefined)
})

test("each group of troubleshooting has an anchor and a remedy", () => {
  for (const group of page.split(/^## /m).slice(1)) expect(group).toMatch(/^<a id="[a-z-]+"><\/a>[^\n]+\n\n[A-Z`"][^\n]{60,}\n\n- /)
})

test("the errors that README.md shows are sentences of the package", () => {
  const [shown] = codeOf(read("README.md").split("**Errors**")[1]!, "") as [string]
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".+")
  const all = [...known.values()].flat().map((text) => new RegExp(`^${literal(text)}$`))
  const lines = shown.trim().split("\n")
  expect(lines.length).toBeGreaterThan(2)
  for (const [at, line] of lines.entries()) {
    const [link] = /^ {2}see (.*)$/.exec(line)?.slice(1) ?? []
    if (link) {
      expect(linkOf(lines[at - 1]!.replace(/^.*error TS\d+: /, ""))).toBe(link)
      continue
    }
    const sentence = line.replace(/^.*error TS\d+: (in `[^`]*`: )?/, "")
    expect({ sentence, isKnown: all.some((template) => template.test(sentence)) }).toEqual({ sentence, isKnown: true })
  }
})
