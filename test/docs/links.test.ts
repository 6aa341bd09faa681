// Links between the pages lead somewhere: to a file of the repository, and to a heading or an anchor of it.
import { existsSync, statSync } from "node:fs"
import { dirname, join } from "node:path"
import { expect, test } from "vitest"
import manifest from "../../package.json" with { type: "json" }
import { root } from "../layers/sources.ts"
import { pages, read, repository } from "./pages.ts"

const raw = repository.replace("//github.com/", "//raw.githubusercontent.com/")
// Anchors of GitHub: the words of a heading, or an element's own.
const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_ -]/gu, "")
    .trim()
    .replaceAll(" ", "-")
const anchors = (text: string) => [
  ...[...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => slug(heading!)),
  ...[...text.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id!),
]

/** The file that a link names, from the root; undefined where it leads outside. */
function target(page: string, link: string): string | undefined {
  for (const base of [`${repository}/blob/main/`, `${repository}/tree/main/`, `${raw}/main/`])
    if (link.startsWith(base)) return link.slice(base.length)
  if (/^https?:/.test(link)) return undefined
  const path = link.replace(/#.*/, "")
  return `${path === "" ? page : join(dirname(page), path)}${link.slice(path.length)}`
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path, anchor] = (target(page, link) ?? "").split("#") as [string, string?]
  if (path === "") return true
  if (!existsSync(join(root, path))) return false
  return anchor === undefined || (statSync(join(root, path)).isFile() && anchors(read(path)).includes(anchor))
}

const linksOf = (page: string) => [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!)

test.each(pages)("links of %s have existing targets", (page) => {
  expect(linksOf(page).filter((link) => !leadsSomewhere(page, link))).toEqual([])
})

test("links of published pages are absolute, so that they work on npm", () => {
  const published = pages.filter((page) => !page.includes("/") && manifest.files.includes(page))
  expect(published).toContain("README.md")
  for (const page of published) expect(linksOf(page).filter((link) => !/^(https?:|#)/.test(link))).toEqual([])
})

test.each(pages)("%s names scripts, and files in backticks, that exist", (page) => {
  const scripts = [...read(page).matchAll(/\bnpm run ([\w:]+)/g)].map(([, name]) => name!)
  expect(scripts.filter((name) => !Object.hasOwn(manifest.scripts, name))).toEqual([])
  const files = [...read(page).matchAll(/`((?:src|test|transformer|docs|scripts|examples|bench)\/[\w./-]+)`/g)].map(([, path]) => path!)
  expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([])
})
