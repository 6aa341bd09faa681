// Reads a list of integers, `[2, 3]`, where an operation accepts one.
import { ListForm, ListNotClosed } from "../../messages/tensor.ts"
import { type ListPlaces, listArguments } from "../../operations/shapes.ts"
import type { IsCount } from "../alias.ts"
import type { Count } from "../dimensions/arity.ts"
import type { Wrong } from "../dimensions/operand.ts"
import type { RowOf } from "../lookup.ts"
import type { Trim } from "./characters.ts"
import type { ReadOperator } from "./read-operator.ts"
import { fail, type Parsing, rowNamed, type Snip, snip, type Value } from "./state.ts"

/** Whether the next argument of the open call is a list. */
export type TakesList<frames, dims> = frames extends [0, infer name, infer args, unknown, unknown]
  ? RowOf<name, dims> extends { shape: infer shape extends keyof ListPlaces }
    ? (args extends "" ? 0 : Count<args>) extends ListPlaces[shape]
      ? true
      : false
    : false
  : false
export function takesList(p: Parsing): boolean {
  const { what, args } = p.frames.at(-1)!
  const row = rowNamed(p, what)
  return row !== undefined && (listArguments[row.shape] ?? []).includes(args.length)
}

/** `start` is the position of the bracket, `s` what follows it. */
export type ReadList<s, start, frames, dims, f extends string> = s extends `${infer inside}]${infer after}`
  ? Integers<Trim<inside>> extends infer list extends string
    ? ReadOperator<after, `[${list}`, start, frames, dims, f>
    : Wrong<ListForm<Snip<start, after>>>
  : Wrong<ListNotClosed<Snip<start, "">>>
/** Joined by commas; or 0. */
type Integers<s extends string, done extends string = ""> = s extends ""
  ? done
  : s extends `${infer a},${infer rest}`
    ? IsCount<Trim<a>> extends true
      ? Trim<rest> extends ""
        ? 0
        : Integers<Trim<rest>, `${done}${Trim<a>},`>
      : 0
    : IsCount<s> extends true
      ? `${done}${s}`
      : 0
/** The parser is at the bracket. */
export function readList(p: Parsing, start: number): Value {
  const close = p.text.indexOf("]", start)
  if (close < 0) fail(ListNotClosed(snip(p, start, p.text.length)), start, p.text.length)
  const inside = snip(p, start + 1, close)
  const items = inside === "" ? [] : inside.split(",").map((item) => item.trim())
  if (!items.every((item) => /^(0|[1-9][0-9]*)$/.test(item))) fail(ListForm(snip(p, start, close + 1)), start, close + 1)
  p.at = close + 1
  const values = items.map(Number)
  return { dim: 0, list: values, node: { kind: "list", dim: 0, values, start, end: p.at } }
}
