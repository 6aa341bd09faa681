// What consoles print of a matrix: properties, and no getter. A console of Chrome shows what Node's does, below the object's triangle.
import { inspect } from "node:util"
import { expect, test } from "vitest"
import { type DeviceData, Matrix } from "../../src/runtime/matrix.ts"

test("Matrix prints its shape and first numbers in a console", () => {
  const numbers = Float32Array.from({ length: 12 }, (_, n) => n / 2)
  const printed = inspect(new Matrix(numbers, 4, 3, "i")).replaceAll(/\s+/g, " ")
  expect(printed).toContain("rows: 4, dim: 3, category: 'i', kind: 'values'")
  expect(printed).toContain("0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5")
  expect(printed).not.toContain("4.5")
})

test("Matrix prints numbers as they are now, not as they were when it was made", () => {
  const matrix = new Matrix(Int32Array.of(7, 8), 2, 1, "j", "indices")
  matrix.data[0] = 42
  expect(inspect(matrix)).toContain("42, 8")
})

test("Matrix on a device prints no numbers", () => {
  const device: DeviceData = { device: {}, buffer: {}, length: 2, hold: () => () => {}, read: async () => new ArrayBuffer(8), free() {} }
  const matrix = new Matrix(device, 2, 1, "i")
  expect(matrix.onDevice).toBe(true)
  expect(matrix.first).toBeUndefined()
  expect(inspect(matrix)).toContain("rows: 2")
})
