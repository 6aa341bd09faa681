// Formulas that use each row of the table of operations, in variables x and y (of one dimension, at least 3), s and t (numbers),
// A (of twice that dimension) and W (of its square).
import type { Operation } from "../../src/operations/operation.ts"
import { operations } from "../../src/operations/table.ts"

/** Arguments for each row, variables in the positions of formulas. */
const special = (dim: number): Readonly<Record<string, readonly string[]>> => ({
  Pow: ["Pow(x, 3)", "Pow(x, 0)", "Pow(x, 1)", "Pow(x, -2)"],
  Powf: ["Powf(x, y)", "Powf(x, s)", "Powf(s, x)"],
  Clamp: ["Clamp(x, 0.5, 0.7)", "Clamp(x, s, t)", "Clamp(s, x, y)", "Clamp(x, t, t)"],
  IfElse: ["IfElse(x - y, x * y, s)", "IfElse(s, x, t)", "IfElse(x - 0.5, Normalize(x), y)"],
  Round: ["Round(x, 1)", "x * Round(y * 10, 0)"],
  Mod: ["Mod(x, s, t)", "Mod(x, y, 0)"],
  ClampInt: ["ClampInt(3 * x, 1, 2)"],
  DiffClampInt: ["DiffClampInt(3 * x, 1, 2) * x"],
  SinXDivX: ["SinXDivX(x)", "SinXDivX(8 * x)"],
  SqNormIso: ["SqNormIso(s, x)", "SqNormIso(y, x)"],
  OneHot: ["OneHot(s, 4) * t"],
  TensorDot: [
    `TensorDot(A, x, [2, ${dim}], [${dim}], [1], [0])`,
    `TensorDot(A, W, [2, ${dim}], [${dim}, ${dim}], [1], [0], [1, 0])`,
    `TensorDot(W, A, [${dim}, ${dim}], [${dim}, 2, 1], [1], [0], [2, 0, 1])`,
    `TensorDot(W, W, [${dim}, ${dim}], [${dim}, ${dim}], [0, 1], [1, 0])`,
    `TensorDot(x, Concat(s, t), [1, ${dim}], [2], [], [], [1, 2, 0])`,
  ],
  Kron: [`Kron(A, Concat(s, t), [2, ${dim}], [2, 1])`, `Kron(x, y, [${dim}], [${dim}])`, `Kron(x, A, [1, ${dim}], [2, ${dim}])`],
  BSpline: [
    "BSpline(Concat(Concat(0, 0.25), Concat(0.5, Concat(0.75, 1))), s, 2)",
    "BSpline(Concat(Concat(0, 0), Concat(0.5, Concat(1, 1))), s, 3)",
    `BSpline(SumT(1, ${dim}), s, 1)`,
  ],
  SoftDTW_SqDist: [
    "SoftDTW_SqDist(x, Exp(y), 0.8)",
    "SoftDTW_SqDist(2 * x, Concat(s, Concat(t, 0.1)), 0.6) * s",
    "SoftDTW_SqDist(Concat(y, s), y, 0.3) + SoftDTW_SqDist(Concat(t, 0.5), Concat(0.3, t), 0.4)",
    "SoftDTW_SqDist(s, y, 0.8) * SoftDTW_SqDist(y, t, 0.8)",
    "SoftDTW_SqDist(Concat(s, Concat(t, 0.3)), Concat(Elem(x, 1), 2 * s), 0.5)",
    "SoftDTW_SqDist(Extract(x, 0, 3), Extract(y, 0, 3), 0.8)",
  ],
  GradSoftDTW_SqDist: [
    // more numbers for each pair than a GPU's private memory holds, where the dimension is 20
    "GradSoftDTW_SqDist(Concat(x, 2 * x), Concat(y, s * y), 0.7)",
    "GradSoftDTW_SqDist(x, y, 0.7)",
    "GradSoftDTW_SqDist(s, y, 0.7) * GradSoftDTW_SqDist(y, s, 0.7)",
    "GradSoftDTW_SqDist(Concat(s, Concat(t, 0.3)), Concat(Elem(x, 1), 2 * s), 0.5)",
    "GradSoftDTW_SqDist(x, Extract(y, 0, 3), 0.7)",
  ],
  DiffGradSoftDTW_SqDist: [
    "DiffGradSoftDTW_SqDist(x, y, 0.7, y, x)",
    "DiffGradSoftDTW_SqDist(Concat(0.2, 0.7), Concat(0.1, Concat(0.4, 0.3)), 0.5, Concat(t, 2 * s), Extract(y, 0, 3))",
  ],
  ComplexReal: ["ComplexReal(A)"],
  ComplexImag: ["ComplexImag(A)"],
  Conj: ["Conj(A)"],
  ComplexAdd: ["ComplexAdd(A, Concat(s, t))", "ComplexAdd(A, Real2Complex(x))"],
  ComplexSubtract: ["ComplexSubtract(Concat(s, t), A)", "ComplexSubtract(A, Real2Complex(x))"],
  ComplexMult: ["ComplexMult(A, Concat(s, t))", "ComplexMult(A, Imag2Complex(x))", "ComplexMult(Concat(s, t), A)"],
  ComplexDivide: ["ComplexDivide(A, Concat(s, t))", "ComplexDivide(Concat(s, t), A)"],
  ComplexRealScal: ["ComplexRealScal(s, A)", "ComplexRealScal(A, t)"],
  ComplexSquareAbs: ["ComplexSquareAbs(A)"],
  ComplexAbs: ["ComplexAbs(A)"],
  ComplexAngle: ["ComplexAngle(A)"],
  ComplexSum: ["ComplexSum(A)"],
  ComplexSumT: ["ComplexSumT(Concat(s, t), 6)"],
  ComplexExp: ["ComplexExp(A)"],
  Elem: ["Elem(x, 2)", "Elem(x * y, 0)"],
  Extract: ["Extract(A, 1, 3)"],
  SumT: ["SumT(s, 4)"],
  ElemT: ["ElemT(s, 4, 2)"],
  ExtractT: [`ExtractT(x, 1, ${dim + 2})`],
  MatVecMult: ["MatVecMult(A, x)", "MatVecMult(W, Exp(x))"],
  VecMatMult: ["VecMatMult(x, A)"],
  WeightedSqNorm: ["WeightedSqNorm(W, x)", "WeightedSqNorm(y, x)", "WeightedSqNorm(s, x)"],
  WeightedSqDist: ["WeightedSqDist(W, x, y)"],
  SymSqNorm: ["SymSqNorm(W, x * y)"],
  Concat: ["Concat(x, Concat(s, y))", "MatVecMult(Concat(x, y), Concat(s, t))", "TensorProd(Concat(s, x), y)"],
  IntCst: ["IntCst(2) * x"],
  IntInv: ["IntInv(2) * x"],
  RatCst: ["RatCst(2, 3) * x"],
  Zero: [`Zero(${dim}) + x`],
})

/** For each row its name and some formulas, for x and y of dimension `dim`. */
export function samples(dim: number): readonly (readonly [name: string, formulas: readonly string[]])[] {
  return (Object.entries(operations) as [string, Operation][]).filter(isPlain).map(([name, { args }]) => {
    const plain = [`${name}(x)`, `${name}(x, y)`, `${name}(x, y, s)`][args.length - 1]!
    const broadcast = args.length === 2 ? [`${name}(x, s)`, `${name}(s, x)`, `${name}(s, t)`] : []
    return [name, special(dim)[name] ?? [plain, ...broadcast]]
  })
}

/** Operations of the calculus, and what it makes, have separate tests. */
const isPlain = ([, row]: readonly [string, Operation]) => !row.derive

/** The operations of the calculus, by name, in the same variables. */
export const derivedSamples: Readonly<Record<string, readonly string[]>> = {
  Grad: ["Grad(SqDist(x, y), x, 1)", "Grad(Normalize(x), x, y)"],
  Diff: ["Diff(Exp(x) * y, x, y)"],
  Divergence: ["Divergence(Exp(x * y), x)"],
  Laplacian: ["Laplacian(Exp(-SqDist(x, y)), x)"],
  GradMatrix: ["GradMatrix(Normalize(x), x)"],
  TraceOperator: ["TraceOperator(x * y, x)", "TraceOperator(MatVecMult(W, x), x, y)"],
  AdjointOperator: ["AdjointOperator(MatVecMult(A, x), x, Concat(s, t))"],
  SumLinOperator: ["SumLinOperator(MatVecMult(W, x), x)", "SumLinOperator(MatVecMult(W, x), x, y, y)"],
  Factorize: ["Factorize(Exp(x) * y, Exp(x))"],
  AutoFactorize: ["AutoFactorize(Exp(x) * Exp(x))"],
}
