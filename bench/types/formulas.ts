// Distinct right formulas of 20 to 120 characters with their aliases, the same ones on every machine: what the cost of the types is measured on.

export interface Sample {
  readonly formula: string
  readonly aliases: readonly string[]
  readonly output: string
}

const shapes: readonly ((n: number) => readonly [formula: string, dim: number])[] = [
  (n) => [`Exp(-SqNorm2(x - y) / ${n})`, 1],
  (n) => [`Exp(-g * SqNorm2(x - y)) * b + ${n}`, 3],
  (n) => [`Square(p - a) * Exp(x + y) - ${n} * b`, 3],
  (n) => [`(-(g * SqNorm2(x - y))) + Log(Abs(a) + ${n})`, 1],
  (n) => [`Exp(-${n} * SqDist(x / g, y / g)) * b`, 3],
  (n) => [`Pow((x | y), 2) * ((Elem(b, 0) * x) + (Elem(b, ${n % 3}) * y)) - ${n}`, 3],
  (n) => [`Concat(x * ${n}, Exp(-SqNorm2(x - y)) * b)`, 6],
  (n) => [`WeightedSqDist(b, x, y) * Exp(-WeightedSqNorm(g, x - y) / ${n})`, 1],
  (n) => [`IfElse(SqDist(x, y) - ${n}, x | b, Sqrt(1 + SqDist(x, y))) * Inv(1 + g)`, 1],
  (n) => [`Exp(-SqNorm2(x - y) / ${n}) + Exp(-SqNorm2(x - b) * g) + Rsqrt(a ** 2 + ${n}) * (x | y)`, 1],
  (n) => [`(x - y) ** 2 * Exp(-g * SqNorm2(x - y)) / (1 + ${n} * Norm2(x - b))`, 3],
  (n) => [`(SqDist(x, y) < ${n}) * Clamp(x, -1, 1) + Step(y - b) * ReLU(a - g)`, 3],
]
const aliases = ["x = Vi(3)", "y = Vj(3)", "b = Vj(3)", "g = Pm(1)", "a = Vi(1)", "p = Pm(1)"]

/** `count` samples; each lists the aliases that it uses. Every one has dimensions of its own, so that hardly anything is found in a cache. */
export function samples(count: number): readonly Sample[] {
  return Array.from({ length: count }, (_, n) => {
    const [formula, dim] = shapes[n % shapes.length]!(n + 2)
    const used = aliases.filter((alias) => new RegExp(`\\b${alias[0]}\\b`).test(formula))
    const resized = (text: string) => text.replace("(3)", `(${n + 3})`)
    return { formula, aliases: used.map(resized), output: `out = Vi(${dim === 1 ? 1 : (dim / 3) * (n + 3)})` }
  })
}
