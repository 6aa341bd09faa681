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

export function NoSecondGradient(): string {
  return "gradients of this gradient are not there, because it takes several kernels; only the gradient of a plain sum with respect to a Vi or Vj variable has gradients of its own"
}
