// Limits: large inputs work, or are rejected with a sentence. Values are computed here, in float64.
import type { Case } from "../case.ts"

const everywhere = ["wasm", "webgpu"] as const
const list = <T>(count: number, item: (k: number) => T): readonly T[] => Array.from({ length: count }, (_, k) => item(k))
const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)
const xy = ["x = Vi(1)", "y = Vj(1)"]
const [x, y] = [0.5, 0.75]

/** A formula of x = 0.5 and y = 0.75, one row each, reduced by Sum. */
const value = (id: string, formula: string, expected: number, why: string, more: Partial<Case> = {}): Case => ({
  id: `limits/${id}`,
  topic: "limits",
  formula,
  aliases: xy,
  reduction: "Sum",
  args: [[x], [y]],
  backends: everywhere,
  expected: { values: [expected] },
  tolerance: { rtol: 2e-5, atol: 1e-6 },
  why,
  ...more,
})
const refused = (id: string, formula: string, why: string, more: Partial<Case> = {}): Case => ({
  ...value(id, formula, 0, why, more),
  expected: { error: true },
})
/** Variables x0, x1, ... of one number each, x_k = 1 / (k + 1), with y = 2. */
const many = (id: string, count: number, backends: Case["backends"]): Case =>
  value(id, list(count, (k) => `x${k} * y`).join(" + "), 2 * sum(list(count, (k) => 1 / (k + 1))), `${count} variables`, {
    aliases: [...list(count, (k) => `x${k} = ${k % 2 === 0 ? "Vi" : "Pm"}(1)`), "y = Vj(1)"],
    args: [...list(count, (k) => [1 / (k + 1)]), [2]],
    backends,
  })
const horner = (degree: number) => list(degree, () => 0).reduce((tail) => 0.5 + x * tail, y)

export const limits: readonly Case[] = [
  value("1", list(300, (k) => `x * y * ${k}`).join(" + "), x * y * sum(list(300, (k) => k)), "a sum of 300 terms"),
  value("2", list(4000, (k) => `x * y * ${k % 7}`).join(" + "), x * y * sum(list(4000, (k) => k % 7)), "a sum of 4,000 terms", {
    backends: ["wasm"],
  }),
  value("3", `${"-".repeat(1001)}x`, -x, "1,001 signs"),
  value("4", `${"(".repeat(20000)}x * y${")".repeat(20000)}`, x * y, "20,000 parentheses"),
  value("5", `${"(0.5 + x * ".repeat(120)}y${")".repeat(120)}`, horner(120), "a polynomial of degree 120"),
  value("6", `${"(0.5 + x * ".repeat(1500)}y${")".repeat(1500)}`, horner(1500), "a polynomial of degree 1,500", { backends: ["wasm"] }),
  value("7", list(150, (k) => `Exp(-x * y * ${k})`).join(" + "), sum(list(150, (k) => Math.exp(-x * y * k))), "150 exponentials"),
  value(
    "8",
    list(500, (k) => `Elem(x, ${k}) * Elem(y, ${k})`).join(" + "),
    sum(list(500, (k) => Math.fround(1 / (k + 1)) * (k % 3))),
    "500 components written out, each loaded on its own",
    { aliases: ["x = Vi(500)", "y = Vj(500)"], args: [list(500, (k) => 1 / (k + 1)), list(500, (k) => k % 3)], backends: ["wasm"] },
  ),
  value("9", list(400, (k) => `x * y * ${k}`).join(" + "), y * sum(list(400, (k) => k)), "the gradient of a sum of 400 terms", {
    grad: "x",
    args: [[x], [y], [1]],
  }),
  many("10", 40, everywhere),
  many("11", 1200, ["wasm"]),
  value("12", "Round(x, 400) + Round(y, -400)", x, "decimal places that float32 cannot hold"),
  value("13", "x ** 99999999999", 0, "an exponent that float32 rounds"),
  refused("20", "Sum(SumT(x, 16777217))", "one component more than there may be"),
  refused("21", "Sum(TensorProd(SumT(x, 70000), SumT(y, 70000)))", "a product past 2^32"),
  refused("22", "Sum(Concat(SumT(x, 16777216), y))", "a sum past 2^24"),
  refused("23", `Sum(SumT(x, ${"9".repeat(40)}))`, "an integer of 40 digits"),
  refused("24", "Sum(x)", "a variable past 2^24", { aliases: ["x = Vi(16777217)"], args: [[0]] }),
  refused("25", "Sum(x)", "a dimension with a leading zero", { aliases: ["x = Vi(01)"], args: [[0]] }),
  refused("26", "x * y", "K past its limit", { reduction: "KMin", k: 65537 }),
  refused("27", "SumT(x * y, 1000)", "K times the dimension past 2^24", { reduction: "ArgKMin", k: 20000 }),
  refused("28", "Pow(x, 16777217)", "an exponent that float32 would make even"),
  refused("29", "Sum(BSpline(SumT(x, 3000), y, 2000))", "more operations than a kernel may have"),
  refused("30", "SoftDTW_SqDist(SumT(x, 90000), SumT(y, 90000), 1)", "more work for one pair than a device should be asked"),
]
