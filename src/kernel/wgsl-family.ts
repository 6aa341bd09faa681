// What a family of reductions gives to a WGSL module: text for each moment of a reduction. Two implement it, wgsl-accumulate.ts and
// wgsl-extreme.ts. In all of them `slot` (type I) is where the state of each lane's row begins in the state buffer, and `args.stride` how
// far apart its words are: word w of component c is number `c * words + w`.
import type { Program } from "./ir.ts"
import type { Frame } from "./wgsl-frame.ts"
import { lane } from "./wgsl-values.ts"

export interface FamilyText {
  /** Declarations of the module. */
  readonly module: string
  /** Declares the state with its neutral element. */
  readonly begin: string
  /** Reads the state of an earlier dispatch, and writes it. */
  readonly load: string
  readonly store: string
  readonly tileBegin: string
  readonly tileEnd: string
  /** Takes values (type F) of one component, a number or the text of one, in the columns `columns` (texts, ascending). */
  readonly take: (component: number | string, values: readonly string[], columns: readonly string[]) => string
  /** Merges the states of `args.splits` parts and writes the results of the rows. */
  readonly finish: string
}

export type Family = (program: Program, frame: Frame) => FamilyText

/** Reads or writes words of state that are kept in variables or arrays of type F (bits: false) or I. */
export function transfer(frame: Frame, names: readonly string[] | string, total: number, bits: boolean): { load: string; store: string } {
  const each = (text: (name: string, word: string) => string) =>
    typeof names === "string"
      ? `for (var w = 0u; w < ${total}u; w++) {\n${text(`${names}[w]`, "w * args.stride")}}\n`
      : names.map((name, word) => text(name, `${word}u * args.stride`)).join("")
  const lanes = Array.from({ length: frame.lanes }, (_, index) => index)
  const at = (index: number, word: string) => `state[${lane(frame, "slot", index)} + ${word}]`
  const read = (index: number, word: string) => (bits ? at(index, word) : `bitcast<f32>(${at(index, word)})`)
  return {
    load: each((name, word) => `${name} = ${bits ? "I" : "F"}(${lanes.map((index) => read(index, word)).join(", ")});\n`),
    store: each((name, word) =>
      lanes
        .map((index) => `${at(index, word)} = ${bits ? lane(frame, name, index) : `bitcast<u32>(${lane(frame, name, index)})`};\n`)
        .join(""),
    ),
  }
}
