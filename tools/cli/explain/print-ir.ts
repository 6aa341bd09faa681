// A schedule as text: for each region the values that are computed there, in order.
import { express } from "../../../src/ir/affine.ts"
import { regions } from "../../../src/ir/liveness.ts"
import type { AffineIndex, Loop, Region, Value } from "../../../src/ir/program.ts"
import type { Schedule, Statement } from "../../../src/ir/statement.ts"

const often: Record<Region, string> = {
  constant: "once",
  row: "once for each row of the output",
  column: "once for each row that is reduced over",
  pair: "for each pair",
}

export function printIr(schedule: Schedule): string {
  const blocks = regions.filter((region) => schedule[region].length > 0)
  return blocks.map((region) => [`${often[region]}:`, ...lines(schedule, schedule[region], 1)].join("\n")).join("\n")
}

function lines(schedule: Schedule, statements: readonly Statement[], depth: number): readonly string[] {
  const pad = "  ".repeat(depth)
  const inner = (body: readonly Statement[], d = depth + 1) => lines(schedule, body, d)
  return statements.flatMap((statement): readonly string[] => {
    if (statement.kind === "let") return [`${pad}${name(statement.value)} = ${definition(schedule, statement.value)}`]
    if (statement.kind === "shift") return [`${pad}shift ${operand(statement.value)}`]
    if (statement.kind === "fold") {
      const { fold, loop, body } = statement
      return [`${pad}${name(fold)} = ${fold.fold} ${range(loop)}`, ...inner(body), `${pad}  of ${operand(fold.body)}`]
    }
    if (statement.kind === "nest") {
      const stores = statement.stores.map(({ cells, index, value }) => `${pad}  a${cells.id}[${print(index)}] = ${operand(value)}`)
      return [`${pad}for ${range(statement.loop)}`, ...inner(statement.body), ...stores]
    }
    const { loop, start, value } = statement.segment
    if (!loop) return [`${pad}reduce [${start}] ${operand(value)}`]
    return [
      `${pad}for ${range(loop)}`,
      ...inner(statement.body),
      `${pad}  reduce [${start === 0 ? "" : `${start} + `}${counter(loop)}] ${operand(value)}`,
    ]
  })
}

const name = ({ id, type }: Value) => `${type === "mask" ? "m" : "v"}${id}`
const counter = ({ id }: Loop) => `k${id}`
const range = (loop: Loop) => `${counter(loop)} in [${loop.start}, ${loop.end})`
const operand = (value: Value) => (value.kind === "number" ? `${value.value}` : name(value))

function definition({ program }: Schedule, value: Value): string {
  if (value.kind === "apply") return `${value.primitive}(${value.args.map(operand).join(", ")})`
  if (value.kind === "load") return `${program.variables[value.variable]!.name}[${print(value.index)}]`
  if (value.kind === "cell") return `a${value.cells.id}[${print(value.index)}]`
  return value.kind === "index" ? `number(${print(value.index)})` : operand(value)
}

const print = (index: AffineIndex): string =>
  express<string>(
    index,
    (leaf) => (typeof leaf === "number" ? `${leaf}` : counter(leaf)),
    (operator, a, b) => (operator === "min" ? `min(${a}, ${b})` : `(${a} ${operator} ${b})`),
  )
