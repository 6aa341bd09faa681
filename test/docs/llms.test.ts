// llms.txt is made of the tables and pages: this test compares, and `npx vitest run test/docs -u` writes it anew.
import { expect, test } from "vitest"
import manifest from "../../package.json" with { type: "json" }
import { operations } from "../../src/operations/table.ts"
import { reductions } from "../../src/reductions/reductions.ts"
import { documented, entries } from "../exports/public.ts"
import { llms } from "./llms.ts"
import { blocks } from "./pages.ts"
import { exported, known, waysIn } from "./ways-in.ts"

const page = llms()

test("llms.txt agrees with the tables and the pages", async () => {
  expect(page).not.toMatch(/\bundefined\b|\[object|<!--|<a id/)
  await expect(page).toMatchFileSnapshot("../../llms.txt")
})

test("llms.txt has every operation, reduction and export", () => {
  for (const name of Object.keys(operations)) expect(page).toContain(`\`${name}(`)
  for (const name of Object.keys(reductions)) expect(page).toContain(`(${name}): `)
  for (const { name } of documented(entries.tskeops).filter((one) => !/[.( ]/.test(one.name))) expect(page).toContain(`- \`${name}\`: `)
})

test("llms.txt has a way in for every entry of the package", () => {
  expect(exported.filter((name) => !known.includes(name))).toEqual([])
  for (const name of exported.filter((one) => one !== "bin")) expect(waysIn()).toContain(`tskeops${name.slice(1)}`)
})

test("llms.txt stands alone: it links to no page, and the package has it", () => {
  expect([...page.matchAll(/\]\((?!https?:)[^)]*\)/g)].map(([link]) => link)).toEqual([])
  expect(page.match(/(?<![\w/-])[\w-]+\.md\b/g) ?? []).toEqual([])
  expect(manifest.files).toContain("llms.txt")
  // A language model reads it at once.
  expect(page.length).toBeLessThan(80_000)
  expect(blocks(page).filter(({ language }) => language === "ts").length).toBeGreaterThan(10)
})
