// docs/reference.md is written from the tables: this test compares, and `npx vitest run test/docs -u` writes it anew.
import { expect, test } from "vitest"
import type { Operation } from "../../src/operations/operation.ts"
import { operations } from "../../src/operations/table.ts"
import { type ReductionRow, reductions } from "../../src/reductions/table.ts"

const dimension: Record<string, string> = {
  same: "d(f)",
  sameInteger: "d(f)",
  broadcast2: "the larger; equal, or one is 1",
  broadcast3: "the largest; equal, or 1",
  quotient: "the larger; equal, or one is 1",
  scalar: "1",
  pair: "1; equal, or one is 1",
  concat: "d(f) + d(g)",
  element: "1; 0 <= m < d(f)",
  extract: "n; s + n <= d(f)",
  integer: "1",
  inverseInteger: "1; n not 0",
  ratio: "1; q not 0",
  zeros: "n",
  weighted: "1; d(s) is 1, d(f) or d(f)²",
  weightedPair: "1; d(s) is 1, d(f) or d(f)²",
  matrixNorm: "1; d(s) is d(f)²",
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|")
}

/** How a row is written with an operator, if it can be. */
function written({ operator, power, prefix }: Operation): string {
  if (power !== undefined) return typeof power === "number" ? `\`f ** ${power}\`` : power === "integer" ? "`f ** n`" : "`f ** g`"
  if (prefix !== undefined) return `\`${prefix}f\``
  return operator === undefined
    ? ""
    : [operator.text, operator.mirror]
        .flatMap((text) => text ?? [])
        .map((text) => `\`f ${text} g\``)
        .join(", ")
}

const rows = Object.entries<Operation>(operations).map(
  ([name, row]) => `| ${[`\`${name}(${row.args.join(", ")})\``, written(row), dimension[row.shape]!, row.doc].map(cell).join(" | ")} |`,
)

const reductionRows = Object.entries<ReductionRow>(reductions).map(
  ([name, row]) =>
    `| \`${name}\` | \`.${row.method}(${row.ranked ? "K" : ""})\` | ${row.outputs === "both" ? "values, indices" : row.outputs} | ${row.doc} |`,
)

const page = `# Operations and reductions

This page is written from the tables in src/operations and src/reductions by test/docs/reference.test.ts.

## Operations

\`f\`, \`g\`, ... are formulas, d(f) is the dimension of f; \`m\`, \`n\`, \`p\`, \`q\` are integer literals. A decimal literal is a formula of dimension 1.
From loosest to tightest: comparisons (they do not chain), \`|\`, \`+ -\`, \`* /\`, unary minus, \`**\` (to the right).

| operation | or | dimension | meaning |
| --- | --- | --- | --- |
${rows.join("\n")}

## Reductions

Over j (the default) there is one row of output for each i; \`{ over: "i" }\` gives one for each j. All work on each component alone. Ties go to the smallest index,
and NaN never wins. A missing entry (K greater than the number of rows) has the index -1.

| KeOps's name | method | gives | meaning |
| --- | --- | --- | --- |
${reductionRows.join("\n")}
`

test("docs/reference.md says what the tables say", async () => {
  expect(page).not.toContain("undefined")
  await expect(page).toMatchFileSnapshot("../../docs/reference.md")
})
