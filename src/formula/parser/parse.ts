// The parser: from the text of a formula to its tree, left to right, or to the first mistake in words. Operands, names and numbers are
// read in operand.ts, what follows an operand in operator.ts. It knows nothing of what an operation means.
import { TooLong } from "../../messages/limits.ts"
import type { Operation } from "../../operations/operation.ts"
import * as limits from "../limits.ts"
import type { Node } from "../node.ts"
import { type ReadOperand, readOperand } from "./read-operand.ts"
import { readOperator } from "./read-operator.ts"
import { fail } from "./state.ts"

/**
 * The dimension of the formula `f` in variables of dimensions `dims` as digits, or `Wrong` with the first mistake. What the function keeps
 * in `Parsing` is passed from type to type: `s`, the text from the parser's position on, is that position.
 */
export type Parse<f extends string, dims> = ReadOperand<f, [0, "", "", f, 0], dims, f>
/**
 * The tree of the formula `text` in variables of dimensions `dims`, in the order in which `Var(position, dimension, category)` counts them.
 * `own` are operations that the table does not have. Where it is `lax`, only mistakes of syntax and of names are found, and dimensions say
 * nothing; types know that by `Lax` among the dimensions.
 *
 * @throws FormulaError with the first mistake and its span.
 * @example
 * parse("Exp(-SqNorm2(x - y))", { x: 3, y: 3 }).dim // 1
 */
export function parse(
  text: string,
  dims: Readonly<Record<string, number>>,
  own: Readonly<Record<string, Operation>> = {},
  lax = false,
): Node {
  if (text.length > limits.length) fail(TooLong(limits.length), 0, text.length)
  const parsing = { text, dims, own, lax, at: 0, frames: [{ precedence: 0, what: "", args: [], start: 0 }] }
  for (;;) {
    const whole = readOperator(parsing, readOperand(parsing))
    if (whole) return whole.node
  }
}
