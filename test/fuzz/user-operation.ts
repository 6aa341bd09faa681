// Random user-defined operations: what they mean, valid by construction, or an expression of the primitives, and with a gradient or without.
import fc from "fast-check"
import { derive } from "../../src/calculus/derive.ts"
import { gradient } from "../../src/calculus/gradient.ts"
import { withoutLimits } from "../../src/calculus/limit.ts"
import { rewrite } from "../../src/calculus/trees.ts"
import type { Node } from "../../src/formula/node.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import { print } from "../../src/formula/print.ts"
import type { OperationRow } from "../../src/formula/user-definition.ts"
import { ownRows } from "../../src/formula/user-operations.ts"
import { elementwiseShapes, integerArguments, ownShapes } from "../../src/operations/shapes.ts"
import { structural } from "../../src/operations/table.ts"
import { formulas } from "./formulas.ts"
import type { Mine } from "./trees.ts"

type Shape = OperationRow["shape"]
/** The same as a formula and in primitives. */
interface Both {
  readonly formula: string
  readonly scalar: string
}
const one = (text: string): Both => ({ formula: text, scalar: text })

/** Expressions of one component of each argument. */
const elementwise = (args: readonly string[]): fc.Arbitrary<Both> =>
  fc.letrec<{ any: Both }>((tie) => {
    const any = tie("any")
    const unary = (formula: (f: string) => string, scalar: (f: string) => string) =>
      any.map((f): Both => ({ formula: formula(f.formula), scalar: scalar(f.scalar) }))
    const binary = (write: (f: string, g: string) => string) =>
      fc.tuple(any, any).map(([f, g]): Both => ({ formula: write(f.formula, g.formula), scalar: write(f.scalar, g.scalar) }))
    return {
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(...args, "0.5", "2").map(one),
        binary((f, g) => `(${f} + ${g})`),
        binary((f, g) => `(${f} - ${g})`),
        binary((f, g) => `${f} * ${g}`),
        binary((f, g) => `(${f} / (1 + ${g} * ${g}))`),
        unary(
          (f) => `Exp(-Abs(${f}))`,
          (f) => `exp(-abs(${f}))`,
        ),
        unary(
          (f) => `Sin(${f})`,
          (f) => `sin(${f})`,
        ),
        unary(
          (f) => `Sqrt(1 + Abs(${f}))`,
          (f) => `sqrt(1 + abs(${f}))`,
        ),
        fc.tuple(any, any, any).map(
          ([f, g, h]): Both => ({
            formula: `IfElse(${f.formula}, ${g.formula}, ${h.formula})`,
            scalar: `select(0 <= ${f.scalar}, ${g.scalar}, ${h.scalar})`,
          }),
        ),
      ),
    }
  }).any

/** Formulas of the dimension that a shape has, made of its arguments and of a component of each. */
const meanings: Readonly<Record<Exclude<Shape, (typeof elementwiseShapes)[number]>, readonly string[]>> = {
  scalar: ["Sum(F)", "SqNorm2(F)", "Max(F) - Sum(f)", "Divergence(F, f)", "Laplacian(Sum(F), f)"],
  pair: ["F | g", "Exp(-SqDist(F, g))", "SqDist(f, G) / (1 + SqNorm2(g))"],
  first: ["F * Sum(G)", "f / (1 + SqNorm2(G))", "Grad(Sum(F), f, Sum(G))"],
  concat: ["Concat(F, G)", "Concat(f, Sum(F) * g)"],
  tensor: ["TensorProd(F, G)", "TensorProd(f, g) * Sum(G)"],
  double: ["Concat(F, f)", "Real2Complex(F)"],
  complex: ["ComplexMult(F, f)", "Conj(F)"],
  complexBroadcast: ["ComplexMult(F, g)", "ComplexAdd(f, ComplexMult(f, G))"],
  complexPart: ["ComplexReal(ComplexMult(F, f))", "ComplexSquareAbs(F)"],
  complexSum: ["ComplexSum(F)"],
  matrixVector: ["MatVecMult(F, g)", "MatVecMult(f, G) * Sum(F)"],
  vectorMatrix: ["VecMatMult(F, g)", "VecMatMult(f, G)"],
  weighted: ["WeightedSqNorm(f, G)"],
  weightedPair: ["WeightedSqDist(f, g, h)", "WeightedSqDist(Square(f), g, h) * Sum(H)"],
}
const isElementwise = (shape: Shape): shape is (typeof elementwiseShapes)[number] => (elementwiseShapes as readonly Shape[]).includes(shape)
const counts: Readonly<Partial<Record<Shape, number>>> = { broadcast3: 3, sameInteger2: 3, weightedPair: 3 }
const single: readonly Shape[] = ["same", "scalar", "double", "complex", "complexPart", "complexSum"]

/** The cotangent of each argument, if all have dimension 1. */
function receives(meaning: string, args: readonly string[], integers: readonly number[]): Record<string, string> {
  const tree = derive(parse(meaning, Object.fromEntries(args.map((arg) => [arg, 1]))))
  const e: Node = { kind: "variable", name: "e", dim: 1, start: 0, end: 0 }
  // what the calculus marks has no name in texts; it marks the gradient of a row again
  const written = (node: Node) =>
    print(rewrite(node, (one) => (one.kind === "call" && one.name === structural.guarded ? one.args[0] : undefined)))
  return Object.fromEntries(
    args.flatMap((arg, n) => (integers.includes(n) ? [] : [[arg, written(withoutLimits(gradient(tree, arg, 1, e)))]])),
  )
}

const mine: fc.Arbitrary<Mine> = fc
  .tuple(fc.constantFrom(...ownShapes), fc.constantFrom(["f", "g", "h"], ["u_1", "v2", "Sum2"]))
  .chain(([shape, names]) => {
    const args = names.slice(0, counts[shape] ?? (single.includes(shape) ? 1 : 2))
    const parts = fc.tuple(...args.map((arg) => elementwise(isElementwise(shape) ? args : [arg])))
    return fc.record({ parts, n: fc.nat(9), byMeaning: fc.boolean(), gradient: fc.nat(3) }).map((given): Mine => {
      const row = { name: "Mine", args, shape }
      if (!isElementwise(shape)) {
        const texts = meanings[shape]
        const text = texts[given.n % texts.length]!
        const letters: Readonly<Record<string, string>> = Object.fromEntries(
          args.flatMap((arg, n) => [
            ["fgh"[n]!, arg],
            ["FGH"[n]!, `(${arg} * ${given.parts[n]!.formula})`],
          ]),
        )
        const meaning = text.replace(/\b[fghFGH]\b/g, (letter) => letters[letter]!)
        return { definition: { ...row, means: meaning }, meaning }
      }
      const write = (how: "formula" | "scalar") => args.map((arg, n) => `${arg} * ${given.parts[n]![how]}`).join(" + ")
      const [formula, integers] = [write("formula"), integerArguments[shape] ?? []]
      const isSlope = given.byMeaning && args.length === 1 && given.n % 2 === 0
      const meaning = isSlope ? `Grad(Sum(${formula}), ${args[0]}, 1)` : formula
      const slopes = given.gradient > 0 && { gradient: given.gradient > 1 ? receives(meaning, args, integers) : null }
      const by = given.byMeaning && integers.length === 0 ? { means: meaning } : { scalar: write("scalar") }
      return { definition: { ...row, ...by, ...slopes }, meaning }
    })
  })

/** A formula that uses such an operation. */
export const ownFormula: fc.Arbitrary<{ readonly node: Node; readonly mine: Mine }> = mine.chain((one) =>
  formulas(ownRows([one.definition])).map((node) => ({ node, mine: one })),
)
