// Operations that are answered by differentiating or rewriting the formulas in their arguments. Data only: what `derive` builds with is the
// calculus (src/calculus).
import type { Build, Calculus, Index, Operation, Tree, Vector } from "./operation.ts"

/** The trace of the linear map from `basis` to what `column` makes of it. */
const trace = (calculus: Calculus, dim: number, column: (basis: Tree) => Tree): Tree =>
  calculus.overBasis("SumOver", dim, (basis) => calculus.formula("basis | column", { basis, column: column(basis) }))

export const calculus = {
  Grad: {
    args: ["f", "v", "e"],
    shape: "gradient",
    remedy: "e is the cotangent of f: write 1 for the plain gradient",
    derive: ({ gradient }: Calculus, f: Tree, v: Tree, e: Tree) => gradient(f, v, e),
    doc: "The gradient of f with respect to the variable v, applied to the cotangent e of f: the transposed Jacobian times e.",
  },
  Diff: {
    args: ["f", "v", "u"],
    shape: "differential",
    derive: ({ differential }: Calculus, f: Tree, v: Tree, u: Tree) => differential(f, v, u),
    doc: "The derivative of f with respect to the variable v in direction u: the Jacobian times u.",
  },
  Divergence: {
    args: ["f", "v"],
    shape: "divergence",
    derive: (calculus: Calculus, f: Tree, v: Tree) => trace(calculus, v.dim, (basis) => calculus.gradient(f, v, basis)),
    doc: "The trace of the Jacobian of f with respect to the variable v, which has the dimension of f.",
  },
  Laplacian: {
    args: ["f", "v"],
    shape: "laplacian",
    derive: (calculus: Calculus, f: Tree, v: Tree) => {
      const gradient = calculus.gradient(f, v, calculus.formula("1", {}))
      return trace(calculus, v.dim, (basis) => calculus.gradient(gradient, v, basis))
    },
    doc: "The trace of the Hessian of f, of dimension 1, with respect to the variable v.",
  },
  GradMatrix: {
    args: ["f", "v"],
    shape: "jacobian",
    derive: (calculus: Calculus, f: Tree, v: Tree) => calculus.overBasis("StackOver", f.dim, (basis) => calculus.gradient(f, v, basis)),
    doc: "The Jacobian of f with respect to the variable v, row-major: d(f) rows of d(v).",
  },
  TraceOperator: {
    args: ["f", "v", "w"],
    optional: 1,
    shape: "traceOperator",
    derive: (calculus: Calculus, f: Tree, v: Tree, w?: Tree) => {
      const linear = calculus.linear(f, v)
      return trace(calculus, v.dim, (basis) => {
        const column = calculus.formula("column", { column: calculus.replace(linear, v, basis) })
        return w ? calculus.formula("w * column", { w, column }) : column
      })
    },
    doc: "The trace of the linear map from the variable v to f, weighted by w if it is given. f must be linear in v.",
  },
  AdjointOperator: {
    args: ["f", "v", "u"],
    shape: "gradient",
    derive: (calculus: Calculus, f: Tree, v: Tree, u: Tree) => calculus.gradient(calculus.linear(f, v), v, u),
    doc: "The adjoint of the linear map from the variable v to f, applied to u. f must be linear in v.",
  },
  SumLinOperator: {
    args: ["f", "v", "a", "b"],
    optional: 2,
    shape: "sumLinear",
    derive: (calculus: Calculus, f: Tree, v: Tree, a?: Tree, b?: Tree) => {
      const right = b ?? calculus.formula(`SumT(1, ${v.dim})`, {})
      const product = calculus.replace(calculus.linear(f, v), v, right)
      return a ? calculus.formula("a | product", { a, product }) : calculus.formula("Sum(product)", { product })
    },
    doc: "a | M b for the matrix M of the linear map from the variable v to f; a and b are ones if they are not given.",
  },
  Factorize: {
    args: ["f", "g"],
    shape: "first",
    derive: (_calculus: Calculus, f: Tree) => f,
    doc: "The identity on f, for compatibility with KeOps: common subexpressions are always computed once.",
  },
  AutoFactorize: {
    args: ["f"],
    shape: "same",
    derive: (_calculus: Calculus, f: Tree) => f,
    doc: "The identity, for compatibility with KeOps: common subexpressions are always computed once.",
  },
} as const satisfies Record<string, Operation>

/** How limits are taken. */
export const whereEqual = "IfElse((at == value) - 1, there, elsewhere)"

/** What the calculus makes, and users cannot write. Where a row is `internal`, the first argument is a unit vector, that the second depends on. */
export const internal = {
  Guarded: {
    args: ["f"],
    shape: "same",
    scalar: "guarded(f)",
    gradient: { f: "e" },
    linear: "all",
    doc: "f, but zeros of a mask or a branch contribute nothing: what is multiplied by them vanishes.",
  },
  WithLimit: {
    args: ["f", "e", "r", "n"],
    shape: "first",
    means: "f",
    linear: ["f"],
    doc: "f, what argument n of r receives from the cotangent e of r; its limits are not taken yet.",
  },
  SumOver: {
    args: ["b", "f"],
    shape: "second",
    internal: true,
    component: (build: Build, k: Index, dim: number, f: (basis: Vector) => Vector) => build.sum(dim, (m) => f(build.basis(dim, m)).at(k)),
    gradient: { f: "e" },
    doc: "The sum of f over all unit vectors b.",
  },
  StackOver: {
    args: ["b", "f"],
    shape: "tensor",
    internal: true,
    component: (build: Build, k: Index, dim: number, f: (basis: Vector) => Vector) => {
      const width = f(build.basis(dim, k.times(0))).dim
      return f(build.basis(dim, k.over(width))).at(k.modulo(width))
    },
    gradient: { f: "VecMatMult(b, e)" },
    doc: "The values of f for all unit vectors b, one after the other.",
  },
} as const satisfies Record<string, Operation>
