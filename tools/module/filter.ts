// Which files are worth opening a project for: decided from the text alone, before any work. It says yes too often rather than too seldom.
import { method, reductions } from "../../src/reductions/reductions.ts"

/** The methods that get an artifact: of formulas one for each row of the table, of reductions their gradients. */
const methods = [...Object.keys(reductions).map(method), "grad", "valueAndGrad"].join("|")

/**
 * A text with a formula mentions the package or the tag; or, if they come from the project's own modules under other names, it has `$<`, a declaration
 * such as "x = Vi(3)", or calls a method, also as `f["sum"]()` and `const { sum } = f; sum()`. `Math.min` and `Math.max` are too common to count.
 */
export const formulaPattern = new RegExp(
  [
    "keops",
    "\\$<",
    "\\b(?:V[ij]|Pm|genred|generic[A-Z]\\w*)\\b",
    `(?<!\\bMath\\s*\\??\\.\\s*)\\b(?:${methods})\\s*(?:\\?\\.\\s*)?[(<]`,
    `\\[\\s*["'\`](?:${methods})["'\`]\\s*\\]`,
  ].join("|"),
)

/** Whether a file may have formulas, or reductions of formulas that it imports. */
export function mayHaveFormulas(text: string): boolean {
  return formulaPattern.test(text)
}
