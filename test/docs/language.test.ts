// docs/language.md is written from the tables: this test compares, and `npx vitest run test/docs -u` writes it anew.
import { expect, test } from "vitest"
import { page } from "./language.ts"

test("docs/language.md agrees with the tables", { timeout: 120_000 }, async () => {
  const text = page()
  expect(text).not.toMatch(/undefined|\[object|`[^`\n]*\bNaN\b[^`\n]*`: |← `[^`]*NaN/)
  await expect(text).toMatchFileSnapshot("../../docs/language.md")
})
