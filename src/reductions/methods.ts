// The methods of a formula that make reductions: one for each row of the table, with the text that editors show. The first paragraph is the
// row's of docs.ts, which a test compares; a mapped type over the table itself would have no texts. Types only.

/**
 * KeOps's reduction that each method of a formula makes, under the method's name. All take `{ over: "i" }` to reduce over i, with one row for
 * each j; the default is over j, with one row for each i. In what follows D is the formula's dimension.
 */
export interface ReductionMethods {
  /**
   * The sum of the formula's values; 0 for no rows.
   *
   * Returns rows of D numbers.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const density = keops(["Exp(-SqDist(", ", ", "))"], Vi("x", 3), Vj("y", 3)).sum()
   * const a = await density({ x: points, y: samples }) // Matrix<"i", 1>
   * @see KeOps: `Sum`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly sum: "Sum"
  /**
   * log(sum(exp(f))), without overflow; -inf for no rows, or where every value is -inf. With a weight g: log(sum(exp(f) * g)), NaN where that
   * sum is negative.
   *
   * Returns rows of D numbers; with `{ weight }`, f must have dimension 1, and D is the weight's dimension.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`, or the weight is no formula; FormulaError if f has a weight and not dimension 1.
   * @example
   * const logLikelihood = keops(["-SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).logSumExp({ weight: Vj("w", 1) })
   * const a = await logLikelihood({ x: points, y: samples, w: weights }) // Matrix<"i", 1>
   * @see KeOps: `LogSumExp`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly logSumExp: "LogSumExp"
  /**
   * sum(exp(f) * g) / sum(exp(f)), g the weight, without overflow; NaN for no rows.
   *
   * The weight is the first argument, a formula; f must have dimension 1. Returns rows of as many numbers as the weight's dimension.
   *
   * @throws TypeError if there is no weight, or `over` is neither `"i"` nor `"j"`; FormulaError if f has not dimension 1.
   * @example
   * const attention = keops(["(", " | ", ")"], Vi("q", 8), Vj("k", 8)).sumSoftMaxWeight(Vj("v", 4))
   * const a = await attention({ q: queries, k: keys, v: values }) // Matrix<"i", 4>
   * @see KeOps: `SumSoftMaxWeight`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly sumSoftMaxWeight: "SumSoftMaxWeight"
  /**
   * m = max(f), then sum(exp(f - m)), or with a weight g sum(exp(f - m) * g); -inf and 0 for no rows. Where such a sum is too large for float32,
   * m and the sums are those of a larger m.
   *
   * f must have dimension 1. Returns rows of 2 numbers; with `{ weight }`, of 1 and the weight's dimension.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`, or the weight is no formula; FormulaError if f has not dimension 1.
   * @example
   * const parts = keops(["-SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).maxSumShiftExp()
   * const a = await parts({ x: points, y: samples }) // Matrix<"i", 2>
   * @see KeOps: `Max_SumShiftExp`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly maxSumShiftExp: "Max_SumShiftExp"
  /**
   * The product of the formula's values; 1 for no rows.
   *
   * Returns rows of D numbers.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const missed = keops(["1 - Exp(-SqDist(", ", ", "))"], Vi("x", 3), Vj("y", 3)).product()
   * const a = await missed({ x: points, y: samples }) // Matrix<"i", 1>
   * @see KeOps has no such reduction.
   */
  readonly product: "Product"
  /**
   * The smallest value; +inf for no rows.
   *
   * Returns rows of D numbers: of each component the smallest.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const distance = keops(["SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).min()
   * const a = await distance({ x: points, y: samples }) // Matrix<"i", 1>
   * @see KeOps: `Min`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly min: "Min"
  /**
   * The index of the smallest value, the first of equals; -1 for no rows.
   *
   * Returns rows of D indices, counted from 0: one for each component.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const nearest = keops(["SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).argMin()
   * const a = await nearest({ x: points, y: samples }) // Matrix<"i", 1, Int32Array>
   * @see KeOps: `ArgMin`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly argMin: "ArgMin"
  /**
   * Min and ArgMin.
   *
   * Returns `{ values, indices }`, two matrices with rows of D numbers.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const nearest = keops(["SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).minArgMin()
   * const { values, indices } = await nearest({ x: points, y: samples })
   * @see KeOps: `Min_ArgMin`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly minArgMin: "Min_ArgMin"
  /**
   * The largest value; -inf for no rows.
   *
   * Returns rows of D numbers: of each component the largest.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const score = keops(["(", " | ", ")"], Vi("x", 3), Vj("y", 3)).max()
   * const a = await score({ x: points, y: samples }) // Matrix<"i", 1>
   * @see KeOps: `Max`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly max: "Max"
  /**
   * The index of the largest value, the first of equals; -1 for no rows.
   *
   * Returns rows of D indices, counted from 0: one for each component.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const best = keops(["(", " | ", ")"], Vi("x", 3), Vj("y", 3)).argMax()
   * const a = await best({ x: points, y: samples }) // Matrix<"i", 1, Int32Array>
   * @see KeOps: `ArgMax`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly argMax: "ArgMax"
  /**
   * Max and ArgMax.
   *
   * Returns `{ values, indices }`, two matrices with rows of D numbers.
   *
   * @throws TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const best = keops(["(", " | ", ")"], Vi("x", 3), Vj("y", 3)).maxArgMax()
   * const { values, indices } = await best({ x: points, y: samples })
   * @see KeOps: `Max_ArgMax`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly maxArgMax: "Max_ArgMax"
  /**
   * The K smallest values in ascending order; +inf where there are fewer than K rows.
   *
   * K is the first argument. Returns rows of K x D numbers: the smallest of each component, then the second smallest, and so on.
   *
   * @throws RangeError if K is not an integer from 1 to 65536; TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const distances = keops(["SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).kMin(5)
   * const a = await distances({ x: points, y: samples }) // Matrix<"i", 5>
   * @see KeOps: `KMin`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly kMin: "KMin"
  /**
   * The indices of the K smallest values, equals in order of index; -1 where there are fewer than K rows.
   *
   * K is the first argument. Returns rows of K x D indices, counted from 0, in the order of `kMin`.
   *
   * @throws RangeError if K is not an integer from 1 to 65536; TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const neighbours = keops(["SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).argKMin(5)
   * const a = await neighbours({ x: points, y: samples }) // Matrix<"i", 5, Int32Array>
   * @see KeOps: `ArgKMin`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly argKMin: "ArgKMin"
  /**
   * KMin and ArgKMin.
   *
   * K is the first argument. Returns `{ values, indices }`, two matrices with rows of K x D numbers.
   *
   * @throws RangeError if K is not an integer from 1 to 65536; TypeError if `over` is neither `"i"` nor `"j"`.
   * @example
   * const neighbours = keops(["SqDist(", ", ", ")"], Vi("x", 3), Vj("y", 3)).kMinArgKMin(5)
   * const { values, indices } = await neighbours({ x: points, y: samples })
   * @see KeOps: `KMin_ArgKMin`, https://www.kernel-operations.io/keops/api/math-operations.html#reductions
   */
  readonly kMinArgKMin: "KMin_ArgKMin"
}
