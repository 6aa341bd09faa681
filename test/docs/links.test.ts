// Links between the pages of the repository lead somewhere.
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import { root } from "../layers/sources.ts"

const pages = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
]

test.each(pages)("links of %s", (page) => {
  const links = [...readFileSync(join(root, page), "utf8").matchAll(/\]\(([^)]+)\)/g)]
    .map(([, link]) => link!)
    .filter((link) => !/^(https?:|#)/.test(link))
  expect(links.filter((link) => !existsSync(join(root, dirname(page), link.replace(/#.*/, ""))))).toEqual([])
})
