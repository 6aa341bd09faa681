// The operations of the calculus inside formulas: against finite differences of the oracle, on the tree and on the CPU, written out and in loops.
import { describe, expect, test } from "vitest"
import { derive } from "../../src/calculus/derive.ts"
import { parse } from "../../src/formula/parser/parse.ts"
import { evaluate } from "../support/oracle.ts"
import { random, run } from "../support/run.ts"

const h = 1e-4

/** The Jacobian by central differences: row k is the derivative of component k. */
function jacobian(f: (x: readonly number[]) => readonly number[], x: readonly number[]): number[][] {
  const at = (l: number, shift: number) => f(x.map((value, k) => (k === l ? value + shift : value)))
  const columns = x.map((_, l) => {
    const [a, b, c, d] = [at(l, 2 * h), at(l, h), at(l, -h), at(l, -2 * h)]
    return a!.map((_, k) => (8 * (b![k]! - c![k]!) - (a![k]! - d![k]!)) / (12 * h))
  })
  return columns[0]!.map((_, k) => columns.map((column) => column[k]!))
}
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + value * b[k]!, 0)
const trace = (matrix: readonly (readonly number[])[]) => matrix.reduce((sum, row, k) => sum + row[k]!, 0)

describe.each([3, 18])("derive in dimension %i", (dim) => {
  const dims = { x: dim, y: dim, u: dim, A: 2 * dim }
  const [x, y, u, A] = Object.values(dims).map((size, n) => Array.from(random(n + 3, size, 0.2, 0.8))) as [
    number[],
    number[],
    number[],
    number[],
  ]
  const value = (text: string) => (at: readonly number[]) => evaluate(derive(parse(text, dims)), { x: at, y, u, A })

  async function check(text: string, exact: readonly number[], digits = 4) {
    const tree = evaluate(derive(parse(text, dims)), { x, y, u, A })
    const aliases = [`x = Vi(${dim})`, `y = Vj(${dim})`, `u = Pm(${dim})`, `A = Vi(${2 * dim})`]
    const { values } = await run(text, aliases, "Sum", [x, y, u, A])
    expect(tree.length).toBe(exact.length)
    for (const [k, component] of exact.entries()) {
      const scale = Math.max(1, Math.abs(component))
      expect(tree[k]! / scale, `${text}[${k}], the tree`).toBeCloseTo(component / scale, digits + 1)
      expect(values![k]! / scale, `${text}[${k}], the kernel`).toBeCloseTo(component / scale, digits)
    }
  }

  const scalars = [
    `Exp(-SqDist(x, y) / ${dim})`,
    "Norm2(x - y)",
    "Log(1 + (x | y)) * Sum(Sin(x))",
    "IfElse(x - y, x * y, 1) | x",
    "Max(x * y)",
  ]
  const vectors = ["Sin(x) * y", "Normalize(x - y)", "x * (x | y)", "IfElse(x - 0.5, x * x, Exp(x) * y)", "Clamp(2 * x, 0.7, y + 1)"]

  test.each(scalars)("Grad and Laplacian of %s agree with finite differences", async (f) => {
    await check(`Grad(${f}, x, 1)`, jacobian(value(f), x)[0]!)
    await check(`Laplacian(${f}, x)`, [trace(jacobian(value(`Grad(${f}, x, 1)`), x))], 3)
  })

  test.each(vectors)("Grad, Diff, Divergence and GradMatrix of %s agree with finite differences", async (f) => {
    const exact = jacobian(value(f), x)
    await check(
      `Grad(${f}, x, u)`,
      x.map((_, l) =>
        dot(
          exact.map((row) => row[l]!),
          u,
        ),
      ),
    )
    await check(
      `Diff(${f}, x, u)`,
      exact.map((row) => dot(row, u)),
    )
    await check(`Divergence(${f}, x)`, [trace(exact)])
    if (dim === 3) await check(`GradMatrix(${f}, x)`, exact.flat())
  })

  test("gradients of gradients, and of operations over unit vectors, agree with finite differences", async () => {
    const f = `Exp(-SqDist(x, y) / ${dim}) * (x | y)`
    await check(
      `Grad(Grad(${f}, x, 1), x, u)`,
      x.map((_, l) =>
        dot(
          jacobian(value(`Grad(${f}, x, 1)`), x).map((row) => row[l]!),
          u,
        ),
      ),
      3,
    )
    if (dim === 3) await check(`Grad(Laplacian(${f}, x), x, 1)`, jacobian(value(`Laplacian(${f}, x)`), x)[0]!, 3)
    if (dim === 3)
      await check(
        `Grad(GradMatrix(x * (x | y), x) | Concat(A, u), x, 1)`,
        jacobian(value("GradMatrix(x * (x | y), x) | Concat(A, u)"), x)[0]!,
        3,
      )
  })

  // what a sum over unit vectors receives may hold that sum itself
  test.each(["Square(D)", "Exp(D) * D", "D * Sum(x)", "Sin(D * Sum(x * y))"])(
    "powers of a sum over unit vectors have derivatives: %s",
    async (power) => {
      if (dim !== 3) return
      const f = power.replaceAll("D", "Divergence(Sin(0.5 * x * y), y)")
      await check(`Grad(${f}, x, 1)`, jacobian(value(f), x)[0]!)
      const gradient = `Grad(${f}, x, 1)`
      await check(`Grad(${gradient}, x, u)`, jacobian((at) => [dot(value(gradient)(at), u)], x)[0]!, 3)
      const second = `Grad(${gradient}, x, u)`
      await check(`Grad(${second}, x, u)`, jacobian((at) => [dot(value(second)(at), u)], x)[0]!, 3)
    },
  )

  test("soft-DTW has second derivatives", async () => {
    const f = "SoftDTW_SqDist(Exp(x), x * y, 0.7)"
    const hessian = jacobian(value(`Grad(${f}, x, 1)`), x)
    await check(`Laplacian(${f}, x)`, [trace(hessian)], 3)
    await check(
      `Diff(Grad(${f}, x, 1), x, u)`,
      hessian.map((row) => dot(row, u)),
      3,
    )
  })

  test("AdjointOperator and the like invert linear operators", async () => {
    const f = "MatVecMult(TensorProd(y, A), Concat(x, x)) - 2 * x * y"
    const exact = jacobian(value(f), x)
    await check(`TraceOperator(${f}, x)`, [trace(exact)], 3)
    await check(`TraceOperator(${f}, x, u)`, [trace(exact.map((row, k) => row.map((entry) => entry * u[k]!)))], 3)
    await check(
      `AdjointOperator(${f}, x, u)`,
      x.map((_, l) =>
        dot(
          exact.map((row) => row[l]!),
          u,
        ),
      ),
      3,
    )
    await check(`SumLinOperator(${f}, x)`, [exact.flat().reduce((sum, entry) => sum + entry, 0)], 3)
    await check(
      `SumLinOperator(${f}, x, u, y)`,
      [
        dot(
          exact.map((row) => dot(row, y)),
          u,
        ),
      ],
      3,
    )
  })
})

test("derive rejects operators that are not linear, and arguments that are not variables", () => {
  const dims = { x: 3, y: 3 }
  expect(() => derive(parse("TraceOperator(x ** 2, x)", dims))).toThrow("the formula is not linear in `x`")
  expect(() => derive(parse("AdjointOperator(x + 1, x, y)", dims))).toThrow("not linear")
  expect(() => derive(parse("Grad(Exp(x), x * y, y)", dims))).toThrow("argument 2 must be a variable")
})

test("a derivative with respect to a variable that does not occur is 0, as the divergence of a constant is", () => {
  const dims = { x: 3, y: 3 }
  const at = { x: [1, 2, 3], y: [4, 5, 6] }
  for (const text of ["Divergence(Exp(y), x)", "Laplacian(SqNorm2(y), x)", "Sum(Diff(y, x, y))"]) {
    expect(evaluate(derive(parse(text, dims)), at).map((value) => value + 0)).toEqual([0])
  }
})

test.each([2, 3, 18])("a Laplacian of a Laplacian has the right value in dimension %i", async (dim) => {
  // the Laplacian of the fourth power of a distance is 4 (dim + 2) times its square
  const [inner, plain] = ["Laplacian(Square(SqDist(x, y)), x)", `(${4 * (dim + 2)} * SqDist(x, y))`]
  const [x, y] = [random(3, dim, 0.2, 0.8), random(4, dim, 0.2, 0.8)]
  for (const f of [`Exp(-@ / ${10 * dim})`, `Sin(@ / ${10 * dim}) * (x | y)`, "Square(@ * x) | y"]) {
    const value = async (f: string) => (await run(`Laplacian(${f}, x)`, [`x = Vi(${dim})`, `y = Vj(${dim})`], "Sum", [x, y])).values![0]!
    const exact = await value(f.replace("@", plain))
    expect((await value(f.replace("@", inner))) / exact, f).toBeCloseTo(1, 4)
  }
})
