// Sentences about derivatives. They speak of what is known when a formula is differentiated.

export const NotDifferentiable = (name: string) => `\`${name}\` has no derivative here; take the gradient with respect to another variable`
export const NotLinear = (variable: string) => `the formula is not linear in \`${variable}\``

export type NotAVariable<place extends string> = `argument ${place} must be a variable`
export function NotAVariable(place: number): NotAVariable<`${number}`> {
  return `argument ${place} must be a variable`
}
