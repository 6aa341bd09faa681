// The stages between the parser and the emitters: what lowering makes, where values are computed, and that the verifier notices mistakes.

import { describe, expect, test } from "vitest"
import { programOf } from "../../src/compiler/compile-reduction.ts"
import { parseAlias } from "../../src/formula/alias.ts"
import { indexKey } from "../../src/ir/affine.ts"
import { type CellStore, operands, type Program, type Value } from "../../src/ir/program.ts"
import { schedule } from "../../src/ir/schedule.ts"
import type { Statement } from "../../src/ir/statement.ts"
import { verify } from "../../src/ir/verify.ts"

const lowered = (formula: string, ...aliases: string[]) =>
  verify(programOf({ formula, variables: aliases.map(parseAlias), reduction: "Sum", over: "j" }))

/** A value as text: `[v.k]` loads component k of variable v. */
function show(value: Value): string {
  if (value.kind === "number") return String(value.value)
  if (value.kind === "load") return `[${value.variable}.${indexKey(value.index).replaceAll(/\*k\d+/g, "k")}]`
  if (value.kind === "index") return indexKey(value.index)
  if (value.kind === "cell" || value.kind === "recurrence") throw new Error("not shown")
  if (value.kind === "fold") return `sum(${value.loop.start}..${value.loop.end}, ${show(value.body)})`
  return `${value.primitive}(${value.args.map(show).join(", ")})`
}
const texts = (program: Program) => program.segments.map(({ start, count, value }) => `${start}+${count}: ${show(value)}`)

describe("lower", () => {
  test("unrolls short sums, and shares x - y", () => {
    expect(texts(lowered("SqDist(x, y)", "x = Vi(2)", "y = Vj(2)"))).toEqual([
      "0+1: add(mul(sub([0.0], [1.0]), sub([0.0], [1.0])), mul(sub([0.1], [1.1]), sub([0.1], [1.1])))",
    ])
  })

  test("makes loops of long sums and vectors, whose size does not grow with the dimension", () => {
    for (const dim of [17, 784]) {
      expect(texts(lowered("SqNorm2(x - y) * y", `x = Vi(${dim})`, `y = Vj(${dim})`))).toEqual([
        `0+${dim}: mul(sum(0..${dim}, mul(sub([0.0+1k], [1.0+1k]), sub([0.0+1k], [1.0+1k]))), [1.0+1k])`,
      ])
    }
  })

  test("splits a loop over a Concat where its origin changes", () => {
    expect(texts(lowered("Sum(Exp(Concat(x, y)))", "x = Vi(20)", "y = Vj(40)"))).toEqual([
      "0+1: add(sum(0..20, exp([0.0+1k])), sum(20..60, exp([1.-20+1k])))",
    ])
    expect(texts(lowered("Concat(x, y)", "x = Vi(3)", "y = Vj(40)"))).toEqual([
      ...[0, 1, 2].map((k) => `${k}+1: [0.${k}]`),
      "3+40: [1.-3+1k]",
    ])
  })

  test("keeps divided indices behind a Concat within their variable", () => {
    for (const text of ["Concat(s, Real2Complex(W))", "Concat(x, Real2Complex(W))", "ExtractT(Real2Complex(W), 1, 20)"])
      expect(() => lowered(text, "x = Vi(3)", "s = Vi(1)", "W = Pm(9)")).not.toThrow()
  })

  test("makes Extract and Elem indices, not copies", () => {
    expect(texts(lowered("Elem(Extract(x, 2, 30), 5)", "x = Vi(40)"))).toEqual(["0+1: [0.7]"])
    expect(texts(lowered("Sum(Extract(x, 2, 30))", "x = Vi(40)"))).toEqual(["0+1: sum(0..30, [0.2+1k])"])
  })

  test("nests the loops of a quadratic form", () => {
    expect(texts(lowered("WeightedSqNorm(s, x)", "s = Pm(400)", "x = Vi(20)"))).toEqual([
      "0+1: sum(0..20, mul([1.0+1k], sum(0..20, mul([0.0+1k+20k], [1.0+1k]))))",
    ])
  })

  test("folds literals, but keeps what IEEE distinguishes", () => {
    expect(texts(lowered("2 * 3 + Exp(0)", "x = Vi(1)"))).toEqual(["0+1: 7"])
    expect(texts(lowered("x * 0", "x = Vi(1)"))).toEqual(["0+1: mul([0.0], 0)"])
    expect(texts(lowered("x - x", "x = Vi(1)"))).toEqual(["0+1: sub([0.0], [0.0])"])
    expect(texts(lowered("x + -y", "x = Vi(1)", "y = Vj(1)"))).toEqual(["0+1: sub([0.0], [1.0])"])
  })

  test("replaces integer powers by multiplications", () => {
    expect(texts(lowered("Pow(x, 5)", "x = Vi(1)"))[0]).toBe("0+1: mul([0.0], mul(mul([0.0], [0.0]), mul([0.0], [0.0])))")
    expect(texts(lowered("Pow(x, -2)", "x = Vi(1)"))[0]).toBe("0+1: div(1, mul([0.0], [0.0]))")
    expect(texts(lowered("Pow(x, 0)", "x = Vi(1)"))[0]).toBe("0+1: 1")
  })

  test("assigns roles by the axis", () => {
    const roles = (over: "i" | "j") =>
      programOf({
        formula: "x * y * p",
        variables: ["x = Vi(1)", "y = Vj(1)", "p = Pm(1)"].map(parseAlias),
        reduction: "Sum",
        over,
      }).variables.map(({ role }) => role)
    expect(roles("j")).toEqual(["row", "column", "parameter"])
    expect(roles("i")).toEqual(["column", "row", "parameter"])
  })
})

describe("schedule", () => {
  const lets = (statements: readonly Statement[]): string[] =>
    statements.map((statement) =>
      statement.kind === "let" ? show(statement.value) : statement.kind === "fold" ? show(statement.fold) : "reduce",
    )

  test("puts each value where it is computed once", () => {
    const { constant, row, column, pair, columnValues } = schedule(
      lowered("Exp(p * q) * Exp(x / p) * Exp(y * q) * (x - y)", "x = Vi(1)", "y = Vj(1)", "p = Pm(1)", "q = Pm(1)"),
    )
    expect(lets(constant)).toContain("exp(mul([2.0], [3.0]))")
    expect(lets(row)).toContain("mul(exp(mul([2.0], [3.0])), exp(div([0.0], [2.0])))")
    expect(lets(column)).toEqual(["[1.0]", "mul([1.0], [3.0])", "exp(mul([1.0], [3.0]))"])
    expect(columnValues.map(show)).toEqual(["exp(mul([1.0], [3.0]))"])
    expect(lets(pair).filter((text) => text.startsWith("exp"))).toEqual([])
    expect(lets(pair).at(-1)).toBe("reduce")
  })

  test("lists row variables that loops read", () => {
    expect(schedule(lowered("SqDist(x, y)", "x = Vi(100)", "y = Vj(100)")).loopedRowVariables).toEqual([0])
    expect(schedule(lowered("SqDist(x, y)", "x = Vi(3)", "y = Vj(3)")).loopedRowVariables).toEqual([])
  })

  test("puts operands before their readers, in every block", () => {
    const stored = new Set<readonly CellStore[]>()
    const check = (statements: readonly Statement[], known: ReadonlySet<Value>): Set<Value> => {
      const done = new Set(known)
      for (const statement of statements) {
        if (statement.kind === "let") {
          for (const operand of operands(statement.value)) {
            if (operand.kind === "recurrence") expect(stored.has(operand.stores)).toBe(true)
            else expect(operand.kind === "number" || done.has(operand)).toBe(true)
          }
          done.add(statement.value)
        } else if (statement.kind === "shift") {
          expect(statement.value.kind === "number" || done.has(statement.value)).toBe(true)
        } else if (statement.kind === "nest") {
          const inside = check(statement.body, done)
          for (const { value } of statement.stores) expect(value.kind === "number" || inside.has(value)).toBe(true)
          stored.add(statement.stores)
        } else {
          const inside = check(statement.body, done)
          const value = statement.kind === "fold" ? statement.fold.body : statement.segment.value
          expect(value.kind === "number" || inside.has(value)).toBe(true)
          if (statement.kind === "fold") done.add(statement.fold)
        }
      }
      return done
    }
    const { constant, row, column, pair, columnValues } = schedule(
      lowered(
        "Exp(-SqDist(x / p, y / p)) * Normalize(y) + GradSoftDTW_SqDist(x, Concat(p, 2 * y), p) * Norm2(x - y)",
        "x = Vi(40)",
        "y = Vj(40)",
        "p = Pm(1)",
      ),
    )
    const constants = check(constant, new Set())
    const rows = check(row, constants)
    const columns = check(column, constants)
    for (const value of columnValues) expect(columns.has(value)).toBe(true)
    check(pair, new Set([...rows, ...columnValues]))
  })
})

describe("verify", () => {
  const program = lowered("SqDist(x, y)", "x = Vi(100)", "y = Vj(100)")
  const [segment] = program.segments as [Program["segments"][number]]

  test.each<[string, Partial<Program>, string]>([
    ["a missing component", { dim: 2 }, "cover 1 of 2"],
    ["a repeated component", { segments: [segment, segment], dim: 2 }, "leave out or repeat component 1"],
    ["a load out of range", { variables: program.variables.map((variable) => ({ ...variable, dim: 99 })) }, "loads components 0 to 99"],
    ["a variable that is not there", { variables: [] }, "loads a variable that is not there"],
  ])("%s", (_name, change, message) => {
    expect(() => verify({ ...program, ...change })).toThrow(message)
  })

  test("reports an array that is too small, and one for columns alone", () => {
    const dtw = lowered("SoftDTW_SqDist(y, Concat(y, 2), p)", "x = Vi(1)", "y = Vj(3)", "p = Pm(1)")
    const [{ value }] = dtw.segments as [Program["segments"][number]]
    if (value.kind !== "cell") throw new Error("expected what a recurrence left")
    // four numbers a row, two rows, and the one after the last
    expect([value.cells.size, value.region, indexKey(value.index)]).toEqual([10, "pair", "9"])
    const change = (cells: typeof value.cells) => ({ ...dtw, segments: [{ start: 0, count: 1, value: { ...value, cells } }] })
    expect(() => verify(change({ ...value.cells, size: 9 }))).toThrow("reads or writes 9 to 9 of an array of 9")
  })

  test("reports a value outside its loop", () => {
    const fold = segment.value
    if (fold.kind !== "fold") throw new Error("expected a fold")
    expect(() => verify({ ...program, segments: [{ ...segment, value: fold.body }] })).toThrow("varies with a loop that is not its own")
  })

  test("reports a mask used as a number", () => {
    const mask = lowered("x < y", "x = Vi(1)", "y = Vj(1)").segments[0]!.value
    if (mask.kind !== "apply") throw new Error("expected a select")
    const wrong = { ...mask, args: [mask.args[0]!, mask.args[0]!, mask.args[2]!] }
    expect(() => verify({ ...program, segments: [{ start: 0, count: 1, value: wrong }] })).toThrow("argument 1 of select is a mask")
  })
})
