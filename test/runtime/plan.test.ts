// How a job is divided, without a device.
import { describe, expect, test } from "vitest"
import { nextBudget, partsOf, piecesOf, slices, spanOf, splitsOf } from "../../src/runtime/webgpu/plan.ts"
import { build } from "../support/run.ts"

const artifact = build("Exp(-SqDist(x, y))", ["x = Vi(3)", "y = Vj(3)"], "Sum")
const { rowsPerGroup, tile, stateWords } = artifact.wgsl
const limits = (bytes: number, groups = 65_535) => ({ maxStorageBufferBindingSize: bytes, maxComputeWorkgroupsPerDimension: groups })

describe("slices", () => {
  test("fit the bindings, in whole groups and tiles", () => {
    const bytes = 128 * 2 ** 20
    const plan = slices(artifact, limits(bytes))!
    expect(plan.rows * 12).toBeLessThanOrEqual(bytes)
    expect(plan.columns * 12).toBeLessThanOrEqual(bytes)
    expect([plan.rows % rowsPerGroup, plan.columns % tile, plan.chunk % rowsPerGroup]).toEqual([0, 0, 0])
    expect(plan.rows).toBeGreaterThan(11_000_000)
  })
  test("keep within the workgroups of a dispatch", () => {
    expect(slices(artifact, limits(2 ** 30, 3))!.chunk).toBe(3 * rowsPerGroup)
    expect(slices(artifact, limits(2 ** 30))!.chunk / rowsPerGroup).toBeLessThanOrEqual(65_535)
  })
  test("are undefined if one row does not fit", () => {
    const wide = build("x", ["x = Vi(1000)"], "Sum")
    expect(slices(wide, limits(2048))).toBeUndefined()
  })
})

test("splitsOf splits few rows over the columns until the device is busy, within its memory", () => {
  expect(splitsOf(artifact, 1, 1_000_000, limits(2 ** 30), 1024)).toBe(1024)
  expect(splitsOf(artifact, 1, 5 * tile, limits(2 ** 30), 1024)).toBe(5)
  expect(splitsOf(artifact, 1024 * rowsPerGroup, 1_000_000, limits(2 ** 30), 1024)).toBe(1)
  expect(splitsOf(artifact, 1, 1_000_000, limits(4 * stateWords * rowsPerGroup * 7), 1024)).toBe(7)
  expect(splitsOf(artifact, 1, 0, limits(2 ** 30), 1024)).toBe(1)
})

describe("pieces", () => {
  let seed = 7
  const varying = () => {
    seed = (seed * 16807) % 2147483647
    return 10 ** (seed % 10)
  }
  const budgets = { tiny: () => 1, small: () => 70_000, large: () => 2 ** 46, varying }
  test.each(Object.entries(budgets))("cover the columns of each split once, in order, in whole tiles: %s", (_name, budget) => {
    for (const [rows, splits, columns] of [
      [1, 5, 10_003],
      [777, 3, 10_003],
      [777, 16, 100],
      [200_000, 1, 300],
      [10, 7, 0],
    ] as const) {
      const span = spanOf(artifact, splits, columns)
      expect([span % tile, span * splits >= columns]).toEqual([0, true])
      const groups = Math.ceil(rows / rowsPerGroup)
      const reached = Array.from({ length: groups * splits }, () => 0)
      let isLast = false
      for (const [groupFirst, groupCount, splitFirst, splitCount, begin, width, last] of piecesOf(artifact, rows, splits, span, budget)) {
        expect(isLast).toBe(false)
        isLast = last
        expect(begin % tile).toBe(0)
        for (let g = groupFirst; g < groupFirst + groupCount; g++) {
          for (let s = splitFirst; s < splitFirst + splitCount; s++) {
            expect(reached[g * splits + s]).toBe(begin)
            reached[g * splits + s] = begin + width
          }
        }
      }
      expect(isLast).toBe(true)
      expect(reached.every((end) => end === span)).toBe(true)
    }
  })
  test("have about as many pairs as the budget", () => {
    const pairs = (rows: number, splits: number, budget: number) =>
      [...piecesOf(artifact, rows, splits, 100 * tile, () => budget)].map(
        ([, groups, , splits, , width]) => Math.min(rows, groups * rowsPerGroup) * splits * width,
      )
    expect(Math.max(...pairs(10_000, 1, 10 ** 6))).toBeLessThanOrEqual(10 ** 6)
    expect(Math.max(...pairs(10, 16, 10 ** 5))).toBeLessThanOrEqual(10 ** 5)
    expect(Math.max(...pairs(10_000, 4, 1))).toBe(rowsPerGroup * tile)
    expect(pairs(10_000, 4, 10 ** 9)).toHaveLength(1)
  })
})

test("nextBudget grows slowly and shrinks at once", () => {
  expect(nextBudget(1000_000, 1000_000, 200, 250)).toBe(1250_000)
  expect(nextBudget(1000_000, 1000_000, 60, 250)).toBe(2000_000)
  expect(nextBudget(1000_000, 1000_000, 1, 250)).toBe(4000_000)
  expect(nextBudget(1000_000, 1000_000, 2500, 250)).toBe(100_000)
})

test("partsOf lets invocations share tiles if the rows are few enough for one group", () => {
  expect([1, 16, 17, 32, 100, 128, 129, 10_000].map((rows) => partsOf(artifact, rows))).toEqual([16, 16, 8, 8, 2, 2, 1, 1])
})
