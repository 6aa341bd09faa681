// Sentences about gradients of reductions.

export type NoGradient<reduction extends string> =
  `${reduction} has no gradient: its output is piecewise constant; take the gradient of the reduction that returns the values`
export function NoGradient(reduction: string): NoGradient<string> {
  return `${reduction} has no gradient: its output is piecewise constant; take the gradient of the reduction that returns the values`
}

export type GradientMissing<reduction extends string> =
  `the gradient of ${reduction} is not implemented; take that of LogSumExp or of SumSoftMaxWeight`
export function GradientMissing(reduction: string): GradientMissing<string> {
  return `the gradient of ${reduction} is not implemented; take that of LogSumExp or of SumSoftMaxWeight`
}

export type NoSuchVariable<name extends string, near extends string> = near extends ""
  ? `the formula has no variable \`${name}\`; take the gradient with respect to one that it has`
  : `the formula has no variable \`${name}\`; did you mean \`${near}\`?`
export function NoSuchVariable(name: string, near: string): NoSuchVariable<string, ""> | NoSuchVariable<string, string> {
  return near === ""
    ? `the formula has no variable \`${name}\`; take the gradient with respect to one that it has`
    : `the formula has no variable \`${name}\`; did you mean \`${near}\`?`
}

export type NoSecondGradient<reduction extends string> =
  `second derivatives of ${reduction} are not supported: its gradient is piecewise and has no derivative where a factor is 0`
export function NoSecondGradient(reduction: string): NoSecondGradient<string> {
  return `second derivatives of ${reduction} are not supported: its gradient is piecewise and has no derivative where a factor is 0`
}

export type NoNames = "a gradient needs the name of one variable or more; for the value alone call the reduction itself"
export function NoNames(): NoNames {
  return "a gradient needs the name of one variable or more; for the value alone call the reduction itself"
}

export function NotTogether(): string {
  return "`valueAndGrad` cannot be differentiated again, nor taken of a gradient; use `.grad(name).grad(name)`"
}
