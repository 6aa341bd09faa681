// The arguments that the runtime accepts for a variable, and its errors for the others.
import { runInNewContext } from "node:vm"
import { describe, expect, test } from "vitest"
import { readInputs } from "../../src/runtime/inputs.ts"
import { Matrix } from "../../src/runtime/matrix.ts"
import { build } from "../support/run.ts"

const artifact = build("Exp(-g * SqDist(x, y)) * b", ["x = Vi(3)", "y = Vj(3)", "b = Vj(1)", "g = Pm(1)"], "Sum")
const x = new Float32Array(6)
const y = new Float32Array(9)
const b = new Float32Array(3)
const shared = (numbers: readonly number[]) => {
  const made = new Float32Array(new SharedArrayBuffer(4 * numbers.length))
  made.set(numbers)
  return made
}
const moved = () => {
  const view = new Float32Array(3)
  structuredClone(view.buffer, { transfer: [view.buffer] })
  return view
}
const read = (args: readonly unknown[]) => readInputs(artifact, args)
const withX = (value: unknown) => () => read([value, y, b, 1])
const withG = (value: unknown) => () => read([x, y, b, value])

describe("readInputs accepts", () => {
  test("one argument per variable: counts rows and columns, and a number for a parameter", () => {
    expect(read([x, y, b, 0.5])).toEqual({ data: [x, y, b, Float32Array.of(0.5)], rows: 2, columns: 3 })
  })
  test.each<[string, unknown]>([
    ["Float64Array", Float64Array.of(1, 2, 3, 4, 5, 6)],
    ["Int32Array", Int32Array.of(1, 2, 3, 4, 5, 6)],
    ["Uint8Array", Uint8Array.of(1, 2, 3, 4, 5, 6)],
    ["Int16Array", Int16Array.of(1, 2, 3, 4, 5, 6)],
    ["Buffer", Buffer.from([1, 2, 3, 4, 5, 6])],
    ["an array of another realm", runInNewContext("new Float32Array([1, 2, 3, 4, 5, 6])")],
    ["lists of another realm", runInNewContext("[[1, 2, 3], [4, 5, 6]]")],
    ["rows as typed arrays", [Float32Array.of(1, 2, 3), Uint8Array.of(4, 5, 6)]],
    ["shared memory", shared([1, 2, 3, 4, 5, 6])],
    ["flat array", [1, 2, 3, 4, 5, 6]],
    [
      "rows",
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    ["Matrix", new Matrix(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3, "i")],
  ])("%s", (_name, value) => {
    expect(withX(value)().data[0]).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6))
  })
  test("arrays, and copies them", () => {
    const host = new Matrix(Float32Array.of(1, 2, 3, 4, 5, 6), 2, 3, "i")
    for (const value of [new Float32Array(6), shared([1, 2, 3, 4, 5, 6]), host]) {
      const { buffer } = withX(value)().data[0] as Float32Array
      expect(buffer).toBeInstanceOf(ArrayBuffer)
      expect(buffer).not.toBe((value instanceof Matrix ? value.data : value).buffer)
    }
  })
  test("an empty array as no rows", () => {
    expect(withX([])().rows).toBe(0)
    expect(withX(new Float32Array(0))().rows).toBe(0)
  })
  test("an unused variable, which determines the number of rows", () => {
    const unused = build("y", ["x = Vi(2)", "y = Vj(1)"], "Sum")
    expect(readInputs(unused, [new Float32Array(10), b])).toMatchObject({ rows: 5, columns: 3 })
  })
  test('no Vi as one row and no Vj as one column, exchanged with over: "i"', () => {
    expect(readInputs(build("y", ["y = Vj(1)"], "Sum"), [b])).toMatchObject({ rows: 1, columns: 3 })
    expect(readInputs(build("x", ["x = Vi(1)"], "Sum"), [b])).toMatchObject({ rows: 3, columns: 1 })
    expect(readInputs(build("x", ["x = Vi(1)"], "Sum", { over: "i" }), [b])).toMatchObject({ rows: 1, columns: 3 })
  })
})

describe("readInputs rejects", () => {
  test.each<[unknown, string]>([
    [new Float32Array(3001), "x: expected a multiple of 3 numbers (Vi(3)), got 3001"],
    [[1, 2], "x: expected a multiple of 3 numbers (Vi(3)), got 2"],
    [[[1, 2]], "x: expected rows of 3 numbers (Vi(3)), but row 0 is an array of 2"],
    [[[1, 2, 3], 4], "x: expected rows of 3 numbers (Vi(3)), but row 1 is a number"],
    [[1, "2", 3], 'x: expected numbers (Vi(3)), but element 1 is "2"'],
    [
      [
        [1, 2, 3],
        [1, undefined, 3],
      ],
      "x: expected numbers (Vi(3)), but element 4 is undefined",
    ],
    [new Matrix(new Float32Array(4), 2, 2, "i"), "x: expected rows of 3 numbers (Vi(3)), got a matrix with rows of 2"],
    [new Matrix(new Int32Array(3), 1, 3, "i", "indices"), "x: expected numbers (Vi(3)), got indices; pass Float32Array.from(matrix.data)"],
    [undefined, "x: expected numbers, rows, a typed array or a Matrix (Vi(3)), got undefined"],
    [new DataView(new ArrayBuffer(12)), "x: expected numbers, rows, a typed array or a Matrix (Vi(3)), got an object (DataView)"],
    [new ArrayBuffer(12), "x: expected numbers, rows, a typed array or a Matrix (Vi(3)), got an object (ArrayBuffer)"],
    [1, "x: expected numbers, rows, a typed array or a Matrix (Vi(3)), got a number"],
    [[Float32Array.of(1, 2)], "x: expected rows of 3 numbers (Vi(3)), but row 0 is an array of 2"],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [[[1, 2, 3], , [1, 2, 3]], "x: expected rows of 3 numbers (Vi(3)), but row 1 is undefined"],
    // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
    [[1, , 3], "x: expected numbers (Vi(3)), but element 1 is undefined"],
    [moved(), "x: expected numbers (Vi(3)), but its buffer was detached or shrank; pass a copy"],
    [[[1, 2, 3], moved()], "x: expected numbers (Vi(3)), but its buffer was detached or shrank; pass a copy"],
  ])("%j", (value, message) => {
    expect(withX(value)).toThrow(expect.objectContaining({ message }))
  })
  test("an array of BigInts", () => {
    expect(withX(new BigInt64Array(3))).toThrow("got an object (BigInt64Array)")
  })
  test("a parameter of another length", () => {
    expect(withG([1, 2])).toThrow("g: expected 1 number (Pm(1)), got 2")
    expect(withG([])).toThrow("g: expected 1 number (Pm(1)), got 0")
  })
  test("variables with different numbers of rows, and names both", () => {
    expect(() => read([x, y, new Float32Array(4), 1])).toThrow("b has 4 rows, but y has 3; all Vj variables must have as many rows")
  })
  test("too few inputs", () => {
    expect(() => read([x, y])).toThrow("expected inputs (x, y, b, g), got 2")
  })
})
