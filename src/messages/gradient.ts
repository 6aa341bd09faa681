// Sentences about gradients of reductions.

export type NoGradient<reduction extends string> =
  `${reduction} has no gradient: what it gives does not change with its inputs, or not smoothly`
export function NoGradient(reduction: string): string {
  return `${reduction} has no gradient: what it gives does not change with its inputs, or not smoothly`
}

export type NoSuchVariable<
  name extends string,
  near extends string,
> = `the formula has no variable \`${name}\`; ${near extends "" ? "take the gradient with respect to one that it has" : `did you mean \`${near}\`?`}`
export function NoSuchVariable(name: string, near: string): string {
  return `the formula has no variable \`${name}\`; ${near === "" ? "take the gradient with respect to one that it has" : `did you mean \`${near}\`?`}`
}

export type NoSecondGradient<reduction extends string> =
  `gradients of the gradient of ${reduction} are not there: it tells cases apart between which it has no derivative`
export function NoSecondGradient(reduction: string): string {
  return `gradients of the gradient of ${reduction} are not there: it tells cases apart between which it has no derivative`
}

export function NotTogether(): string {
  return "gradients of a value with its gradients are not there, nor the value of a gradient with gradients; take `.grad(name).grad(name)`"
}
