// Sentences about gradients of reductions.

export type NoGradient<reduction extends string> =
  `${reduction} has no gradient: indices are piecewise constant; take the gradient of the reduction that returns the values`
export function NoGradient(reduction: string): string {
  return `${reduction} has no gradient: indices are piecewise constant; take the gradient of the reduction that returns the values`
}

export type GradientMissing<reduction extends string> =
  `the gradient of ${reduction} is not implemented; take that of LogSumExp or of SumSoftMaxWeight`
export function GradientMissing(reduction: string): string {
  return `the gradient of ${reduction} is not implemented; take that of LogSumExp or of SumSoftMaxWeight`
}

export type NoSuchVariable<
  name extends string,
  near extends string,
> = `the formula has no variable \`${name}\`; ${near extends "" ? "take the gradient with respect to one that it has" : `did you mean \`${near}\`?`}`
export function NoSuchVariable(name: string, near: string): string {
  return `the formula has no variable \`${name}\`; ${near === "" ? "take the gradient with respect to one that it has" : `did you mean \`${near}\`?`}`
}

export type NoSecondGradient<reduction extends string> =
  `second derivatives of ${reduction} are not supported: its gradient is piecewise and has no derivative where a factor is 0`
export function NoSecondGradient(reduction: string): string {
  return `second derivatives of ${reduction} are not supported: its gradient is piecewise and has no derivative where a factor is 0`
}

export type NoNames = "a gradient needs the name of one variable or more; for the value alone call the reduction itself"
export function NoNames(): string {
  return "a gradient needs the name of one variable or more; for the value alone call the reduction itself"
}

export function NotTogether(): string {
  return "`valueAndGrad` cannot be differentiated again, nor taken of a gradient; use `.grad(name).grad(name)`"
}
