// What each reduction returns, in one line of documentation with its edge values. Separate from the table, because the runtime contains that.
import type { ReductionName } from "./reductions.ts"

export const docs: Readonly<Record<ReductionName, string>> = {
  Sum: "The sum of the formula's values; 0 for no rows.",
  LogSumExp:
    "log(sum(exp(f))), without overflow; -inf for no rows, or where every value is -inf. With a weight g: log(sum(exp(f) * g)), NaN where that sum is negative.",
  SumSoftMaxWeight: "sum(exp(f) * g) / sum(exp(f)), g the weight, without overflow; NaN for no rows.",
  Max_SumShiftExp:
    "m = max(f), then sum(exp(f - m)), or with a weight g sum(exp(f - m) * g); -inf and 0 for no rows. Where such a sum is too large for float32, m and the sums are those of a larger m.",
  Product: "The product of the formula's values; 1 for no rows.",
  Min: "The smallest value; +inf for no rows.",
  ArgMin: "The index of the smallest value, the first of equals; -1 for no rows.",
  Min_ArgMin: "Min and ArgMin.",
  Max: "The largest value; -inf for no rows.",
  ArgMax: "The index of the largest value, the first of equals; -1 for no rows.",
  Max_ArgMax: "Max and ArgMax.",
  KMin: "The K smallest values in ascending order; +inf where there are fewer than K rows.",
  ArgKMin: "The indices of the K smallest values, equals in order of index; -1 where there are fewer than K rows.",
  KMin_ArgKMin: "KMin and ArgKMin.",
}
