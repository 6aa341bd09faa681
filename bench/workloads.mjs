// The four workloads: their data, our formula, the same as plain JavaScript loops, and the result in float64 for a few rows.
import * as tskeops from "tskeops"
import "tskeops/jit"

/** Uniform numbers in [0, 1), rounded to float32, the same in every run (a linear congruential generator). */
function uniform(count, seed) {
  const numbers = new Float32Array(count)
  let state = seed >>> 0
  for (let at = 0; at < count; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    numbers[at] = state / 2 ** 32
  }
  return numbers
}

function squaredDistance(x, y, i, j, dim) {
  let sum = 0
  for (let k = 0; k < dim; k++) {
    const difference = x[i * dim + k] - y[j * dim + k]
    sum += difference * difference
  }
  return sum
}

function gaussian({ x, y }, rows, columns) {
  const out = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let j = 0; j < columns; j++) {
      const a = x[3 * i] - y[3 * j]
      const b = x[3 * i + 1] - y[3 * j + 1]
      const c = x[3 * i + 2] - y[3 * j + 2]
      sum += Math.exp(-(a * a + b * b + c * c))
    }
    out[i] = sum
  }
  return out
}

function logSumExp({ x, y, b: bias }, rows, columns) {
  const out = new Float64Array(rows)
  for (let i = 0; i < rows; i++) {
    let most = Number.NEGATIVE_INFINITY
    let sum = 0
    for (let j = 0; j < columns; j++) {
      const a = x[3 * i] - y[3 * j]
      const b = x[3 * i + 1] - y[3 * j + 1]
      const c = x[3 * i + 2] - y[3 * j + 2]
      const value = bias[j] - 0.5 * (a * a + b * b + c * c)
      if (value > most) {
        sum = sum * Math.exp(most - value) + 1
        most = value
      } else sum += Math.exp(value - most)
    }
    out[i] = most + Math.log(sum)
  }
  return out
}

function nearest(k) {
  return ({ x, y }, rows, columns) => {
    const out = new Int32Array(rows * k).fill(-1)
    const best = new Float64Array(k)
    for (let i = 0; i < rows; i++) {
      best.fill(Number.POSITIVE_INFINITY)
      for (let j = 0; j < columns; j++) {
        const value = squaredDistance(x, y, i, j, 100)
        if (value >= best[k - 1]) continue
        let at = k - 1
        for (; at > 0 && value < best[at - 1]; at--) {
          best[at] = best[at - 1]
          out[i * k + at] = out[i * k + at - 1]
        }
        best[at] = value
        out[i * k + at] = j
      }
    }
    return out
  }
}

/** Largest relative error of the first rows. */
function relativeError(got, exact) {
  return exact.reduce((most, each, at) => Math.max(most, Math.abs(got[at] - each) / Math.abs(each)), 0)
}

/** Share of the indices that differ from those found in float64, over the first rows. */
function wrongIndices(got, exact) {
  return exact.reduce((count, each, at) => count + (got[at] === each ? 0 : 1), 0)
}

const three = ["x = Vi(3)", "y = Vj(3)"]
const hundred = ["x = Vi(100)", "y = Vj(100)"]

/** The workloads with the reductions of one build of the package. `rows` and `columns` are those of a scale of 1. */
export const workloadsOf = ({ genericArgKMin, genericArgMin, genericLogSumExp, genericSum }) => [
  {
    name: "W1",
    title: "Gaussian sum, D = 3",
    rows: 20_000,
    columns: 20_000,
    dim: 3,
    reduction: genericSum("Exp(-SqNorm2(x - y))", "a = Vi(1)", ...three),
    inputs: ["x", "y"],
    loop: gaussian,
    error: { of: relativeError, unit: "relative" },
  },
  {
    name: "W2",
    title: "log-sum-exp, D = 3",
    rows: 20_000,
    columns: 20_000,
    dim: 3,
    reduction: genericLogSumExp("b - 0.5 * SqNorm2(x - y)", "a = Vi(1)", ...three, "b = Vj(1)"),
    inputs: ["x", "y", "b"],
    loop: logSumExp,
    error: { of: relativeError, unit: "relative" },
  },
  {
    name: "W3",
    title: "arg-min, D = 100",
    rows: 1_000,
    columns: 20_000,
    dim: 100,
    reduction: genericArgMin("SqDist(x, y)", "a = Vi(1)", ...hundred),
    inputs: ["x", "y"],
    loop: nearest(1),
    error: { of: wrongIndices, unit: "wrong" },
  },
  {
    name: "W4",
    title: "arg-k-min, K = 10, D = 100",
    rows: 1_000,
    columns: 20_000,
    dim: 100,
    reduction: genericArgKMin("SqDist(x, y)", "a = Vi(10)", ...hundred),
    inputs: ["x", "y"],
    loop: nearest(10),
    error: { of: wrongIndices, unit: "wrong" },
  },
]

export const workloads = workloadsOf(tskeops)

export function data({ dim }, rows, columns) {
  return { x: uniform(rows * dim, 1), y: uniform(columns * dim, 2), b: uniform(columns, 3) }
}
