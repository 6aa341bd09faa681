// The words that CONTRIBUTING.md asks for. Only those are looked for that have no other meaning; code and quoted sentences are left out.
import { expect, test } from "vitest"
import { pages, read } from "./pages.ts"

const words =
  /\bone's own\b|\bwritten out\b|\bcounts? nothing\b|\bmeans? nothing\b|\bin turns?\b|\bstands?\b|\bgives?\b|\bsays?\b|\bsaid\b/i
// Generated from the tables, or written for those who change the code: their words are looked after there.
const others = ["docs/language.md", "docs/architecture.md", "CHANGELOG.md"]
const table = /^\| .* \| .* \|$/

const prose = (page: string) =>
  read(page)
    .replace(/^```[\s\S]*?^```$|^<!-- given[\s\S]*?^-->$/gm, "")
    .replace(/``.*?``|`[^`]*`/g, "")
    .split("\n")

test.each(pages.filter((page) => !others.includes(page)))("%s is written in standard terms", (page) => {
  const lines = prose(page).filter((line) => !(page === "CONTRIBUTING.md" && table.test(line)))
  expect(lines.filter((line) => words.test(line))).toEqual([])
})
