// How a job is cut, without a device.
import { describe, expect, test } from "vitest"
import { chunkRows, nextBudget, partsOf, rangeOf, rowBytes, slices, splitsOf } from "../../src/runtime/webgpu-plan.ts"
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
  test("are refused where one row does not fit", () => {
    const wide = build("x", ["x = Vi(1000)"], "Sum")
    expect(slices(wide, limits(2048))).toBeUndefined()
    expect(rowBytes(wide)).toBeGreaterThan(2048)
  })
})

test("few rows are split over the columns until the device is busy, within its memory", () => {
  expect(splitsOf(artifact, 1, 1_000_000, limits(2 ** 30), 1024)).toBe(1024)
  expect(splitsOf(artifact, 1, 5 * tile, limits(2 ** 30), 1024)).toBe(5)
  expect(splitsOf(artifact, 1024 * rowsPerGroup, 1_000_000, limits(2 ** 30), 1024)).toBe(1)
  expect(splitsOf(artifact, 1, 1_000_000, limits(4 * stateWords * rowsPerGroup * 7), 1024)).toBe(7)
  expect(splitsOf(artifact, 1, 0, limits(2 ** 30), 1024)).toBe(1)
})

test("ranges cover all columns, and their splits cover the range", () => {
  for (const budget of [1, 1000, 65_536, 10 ** 9]) {
    for (const splits of [1, 3, 256]) {
      let left = 100_003
      while (left > 0) {
        const { columns, span } = rangeOf(artifact, 777, splits, left, budget)
        expect(columns).toBeGreaterThan(0)
        expect(columns).toBeLessThanOrEqual(left)
        expect(span % tile).toBe(0)
        expect(span * splits).toBeGreaterThanOrEqual(columns)
        left -= columns
      }
    }
  }
})

test("a chunk leaves a submit at least a tile of columns", () => {
  expect(chunkRows(artifact, 10 ** 6, 10 ** 6, 1)).toBe(rowsPerGroup)
  expect(chunkRows(artifact, 10, 10 ** 6, 1)).toBe(10)
  expect(chunkRows(artifact, 10 ** 6, 10 ** 6, 10 ** 6) * tile).toBeLessThanOrEqual(10 ** 6)
})

test("the budget grows slowly and shrinks at once", () => {
  expect(nextBudget(1000_000, 1000_000, 200, 250)).toBe(1250_000)
  expect(nextBudget(1000_000, 1000_000, 60, 250)).toBe(2000_000)
  expect(nextBudget(1000_000, 1000_000, 1, 250)).toBe(4000_000)
  expect(nextBudget(1000_000, 1000_000, 2500, 250)).toBe(100_000)
})

test("few rows share tiles, and all of them fit in one group then", () => {
  expect([1, 16, 17, 32, 100, 128, 129, 10_000].map((rows) => partsOf(artifact, rows))).toEqual([16, 16, 8, 8, 2, 2, 1, 1])
})
