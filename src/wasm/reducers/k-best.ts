// The family "extreme" in WASM: for each component the K best values and their indices, in order.
// State: K values, then K indices (-1 while missing). A candidate is compared with the worst value; those that pass go to `insert`.
import type { Program } from "../../ir/program.ts"
import { floatBits, type Opcode } from "../encoder.ts"
import { FunctionWriter, REGISTER_BYTES } from "../function-writer.ts"
import { eachComponent, partial, type Reducer, slotOffset, stateAddress } from "./reducer.ts"

interface Order {
  readonly better: Opcode
  /** Better or equal: equal values pass, because +inf must replace a missing entry. `insert` decides. */
  readonly passes: Opcode
  readonly worst: number
}
const orders: Record<"min" | "max", Order> = {
  min: { better: "f32x4.lt", passes: "f32x4.le", worst: Number.POSITIVE_INFINITY },
  max: { better: "f32x4.gt", passes: "f32x4.ge", worst: Number.NEGATIVE_INFINITY },
}
const orderOf = (program: Program) => orders[program.reduction.order ?? "min"]

export const kBestReducer: Reducer = {
  slots: (program) => 2 * program.k,
  partials: 1,
  identity: (program) => [...repeat(program.k, floatBits(orderOf(program).worst)), ...repeat(program.k, 0xffffffff)],
  helper: insert,
  begin(site, segment) {
    eachComponent(site, segment, (component) => {
      for (let r = 0; r < site.rows; r++) {
        const worst = partial(site, component, 0, r)
        const offset = slotOffset(site, kBestReducer, component, site.program.k - 1, r)
        stateAddress(site, kBestReducer, component).memory("v128.load", offset).set(worst.load())
        worst.save()
      }
    })
  },
  step(site, _segment, component, values, columns) {
    const { code } = site.writer
    const { passes } = orderOf(site.program)
    const worst = Array.from({ length: site.rows }, (_, r) => partial(site, component, 0, r))
    const locals = worst.map(({ load }) => load())
    for (const [r, local] of locals.entries()) {
      for (let u = 0; u < columns; u++) {
        code.get(values(r, u), local).op(passes)
        if (r + u > 0) code.op("v128.or")
      }
    }
    code.op("v128.any_true").op("if")
    for (const [r, local] of locals.entries()) {
      for (let u = 0; u < columns; u++) {
        code.get(values(r, u), local).op(passes).op("v128.any_true").op("if")
        const { writer } = site
        writer.offset(stateAddress(site, kBestReducer, component), slotOffset(site, kBestReducer, component, 0, r))
        writer
          .offset(code.get(values(r, u), site.column), u)
          .op("call", site.helper)
          .set(local)
        worst[r]!.save()
        code.op("end")
      }
    }
    code.op("end")
  },
  end() {},
  result({ writer, program, rows }, { at }, rank, output) {
    const list = at()
    if (program.k > 1)
      list
        .get(rank)
        .i32(rows * REGISTER_BYTES)
        .op("i32.mul")
        .op("i32.add")
    writer.code.memory("v128.load", output === "values" ? 0 : program.k * rows * REGISTER_BYTES)
  },
}

const repeat = (count: number, value: number): number[] => Array.from({ length: count }, () => value)

/**
 * insert(list, candidate, index) -> the worst value: inserts the candidate, whose index is larger than all before, into the sorted list of each
 * lane in which it is good enough. Goes up from the last rank: an entry is replaced by the one before it if the candidate beats that one too.
 * Stops when the candidate goes up in no lane.
 */
function insert(program: Program, rows: number): FunctionWriter {
  const writer = new FunctionWriter(["i32", "v128", "i32"], ["v128"], false)
  const { code } = writer
  const [list, candidate, index] = [0, 1, 2]
  const stride = rows * REGISTER_BYTES
  const indices = program.k * stride
  const entry = code.local("i32")
  const rank = code.local("i32")
  const local = () => code.local("v128")
  const [isReal, position, goes, goesOn] = [local(), local(), local(), local()]
  // PERF: the current entry and the one before it are in locals, because loads cost more than the rest.
  const [value, place, valueBefore, placeBefore] = [local(), local(), local(), local()]
  const load = (toValue: number, toPlace: number, mask: number) => {
    code.get(entry).memory("v128.load", 0).set(toValue)
    code.get(entry).memory("v128.load", indices).set(toPlace)
    code.get(toPlace, writer.float(0)).op("i32x4.lt_s").get(isReal).op("v128.and")
    code.get(candidate, toValue).op(orderOf(program).better).op("v128.or").set(mask)
  }
  /** Writes the entry in lanes in which the candidate goes: the candidate, or, if it goes further up, the entry before. */
  const store = (offset: number, before: readonly [value: number, place: number] | undefined) => {
    for (const [n, [slot, mine, old]] of (
      [
        [0, candidate, value],
        [indices, position, place],
      ] as const
    ).entries()) {
      code.get(entry)
      if (before) code.get(before[n]!, mine, goesOn).op("v128.bitselect")
      else code.get(mine)
      code
        .get(old, goes)
        .op("v128.bitselect")
        .memory("v128.store", slot + offset)
    }
  }
  // NaN is not equal to itself.
  writer.apply("f32x4.eq", isReal, candidate, candidate)
  code.get(index).op("i32x4.splat").set(position)
  code
    .get(list)
    .i32((program.k - 1) * stride)
    .op("i32.add")
    .set(entry)
  load(value, place, goes)
  if (program.k > 1) {
    code
      .i32(program.k - 1)
      .set(rank)
      .op("loop")
    code.get(entry).i32(stride).op("i32.sub").set(entry)
    load(valueBefore, placeBefore, goesOn)
    store(stride, [valueBefore, placeBefore])
    code.get(goesOn).set(goes).get(valueBefore).set(value).get(placeBefore).set(place)
    // If no lane goes further up, the remaining entries stay.
    code.get(goes).op("v128.any_true").op("if")
    code.get(rank).i32(1).op("i32.sub").op("local.tee", rank).op("br_if", 1).op("end").op("end")
  }
  store(0, undefined)
  code.get(list).memory("v128.load", (program.k - 1) * stride)
  return writer
}
