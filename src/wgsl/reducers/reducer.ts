// A reducer writes the part of a WGSL module that depends on the family of the reduction: text for each phase. The other files of this folder
// implement it. In all of them `slot` (type I) is the offset of the state of each lane's row in the state buffer, and `args.stride` the distance
// of its words: word w of component c is number `c * words + w`.
import type { Program, Segment } from "../../ir/program.ts"
import type { Layout } from "../layout.ts"
import { lane } from "../statements.ts"

export interface ReducerText {
  /** Declarations of the module. */
  readonly module: string
  /** `module` declares `slot`, for functions that read it. */
  readonly hasSlot?: boolean
  /** Declares the state with its neutral element. */
  readonly begin: string
  /** `load` reads the state of an earlier dispatch, `store` writes it. */
  readonly load: string
  readonly store: string
  readonly tileBegin: string
  readonly tileEnd: string
  /** Updates the shift that all components share (values of type F), before `take`. `weigh` collects the sizes of the weights in `weights`. */
  readonly shift?: (values: readonly string[], weigh: string) => string
  /** Adds values (type F) of one component of a segment, a number or the text of one, for the columns `columns` (texts, ascending). */
  readonly take: (component: number | string, values: readonly string[], columns: readonly string[], segment: Segment) => string
  /** Merges the states of `args.splits` parts and writes the results of the rows. */
  readonly finish: string
}

/** The phases of the loop over columns, which depend on where the state is kept. */
export type Phases = Omit<ReducerText, "module" | "finish">

export type Reducer = (program: Program, layout: Layout) => ReducerText

/** Functions that every module has: they read and write a word of the state of each lane's row. */
export const stateAccess = (layout: Layout): string => {
  const lanes = Array.from({ length: layout.lanes }, (_, index) => index)
  return `fn recall(at: I) -> I { return I(${lanes.map((index) => `state[${lane(layout, "at", index)}]`).join(", ")}); }
fn keep(at: I, word: I) { ${lanes.map((index) => `state[${lane(layout, "at", index)}] = ${lane(layout, "word", index)};`).join(" ")} }
`
}

/** Reads and writes words of state that are stored in variables, or in one array, of type F or I. */
export function transfer(names: readonly string[] | string, total: number, type: "F" | "I"): { load: string; store: string } {
  const each = (text: (name: string, at: string) => string) =>
    typeof names === "string"
      ? `for (var w = 0u; w < ${total}u; w++) {\n${text(`${names}[w]`, "slot + w * args.stride")}}\n`
      : names.map((name, word) => text(name, word === 0 ? "slot" : `slot + ${word === 1 ? "" : `${word}u * `}args.stride`)).join("")
  const cast = (to: string, text: string) => (type === "I" ? text : `bitcast<${to}>(${text})`)
  return {
    load: each((name, at) => `${name} = ${cast("F", `recall(${at})`)};\n`),
    store: each((name, at) => `keep(${at}, ${cast("I", name)});\n`),
  }
}

/** Words of state that are not named variables: in the array `cells`, or in the state buffer itself. */
export function stateWords(layout: Layout) {
  const stored = layout.state === "storage"
  return {
    get: (word: string) => (stored ? `bitcast<f32>(state[slot + (${word}) * args.stride])` : `cells[${word}]`),
    set: (word: string, text: string) =>
      stored ? `state[slot + (${word}) * args.stride] = bitcast<u32>(${text});\n` : `cells[${word}] = ${text};\n`,
    /** `fill` writes the neutral elements. */
    begin: (fill: string) => (stored ? `if (args.resume == 0u) {\n${fill}}\n` : `var cells: array<F, ${layout.total}>;\n${fill}`),
    ...(stored ? { load: "", store: "" } : transfer("cells", layout.total, "F")),
  }
}

/** Writes a word (type I) of the result of each lane's row, `width` words a row. */
export const writeResult = (layout: Layout, word: string, width: number, at: string): string =>
  Array.from({ length: layout.lanes }, (_, index) => index)
    .map(
      (index) =>
        `if (${lane(layout, "local", index)} < args.rowCount) { result[${lane(layout, "row", index)}${width === 1 ? "" : ` * ${width}u`} + ${at}] = ${lane(layout, word, index)}; }\n`,
    )
    .join("")
