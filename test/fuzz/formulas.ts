// Random formulas over all rows of the table, valid by construction: the dimension rules determine the arguments, and operands of other
// dimensions are sliced, summed or copied.
import fc from "fast-check"
import { common } from "../../src/formula/dimensions/operand.ts"
import { rule } from "../../src/formula/dimensions/rules.ts"
import type { CallNode, Node } from "../../src/formula/node.ts"
import type { Own } from "../../src/formula/user-operations.ts"
import type { Operation } from "../../src/operations/operation.ts"
import { type DimensionRule, integerArguments, listArguments, variableShapes } from "../../src/operations/shapes.ts"
import { operations } from "../../src/operations/table.ts"
import { spoil } from "../formula/arbitrary.ts"
import { edges } from "./edges.ts"

/** Variables: x, s, A by i, y, t, B by j, p, W parameters. */
export const variables = {
  x: ["Vi", 3],
  y: ["Vj", 3],
  s: ["Vi", 1],
  t: ["Vj", 1],
  p: ["Pm", 2],
  A: ["Vi", 6],
  B: ["Vj", 4],
  W: ["Pm", 9],
} as const
export const dims: Readonly<Record<string, number>> = Object.fromEntries(Object.entries(variables).map(([name, [, dim]]) => [name, dim]))

/** Formulas wider than this are not built upon. */
const widest = 24
const at = { start: 0, end: 1 }
type Name = keyof typeof operations

export const literal = (value: number): Node => ({ kind: "number", value, dim: 1, ...at })
const list = (values: readonly number[]): Node => ({ kind: "list", values, dim: 0, ...at })
const leaves: readonly Node[] = Object.entries(dims).map(([name, dim]) => ({ kind: "variable", name, dim, ...at }))

/** The call, or undefined if the rule rejects it. `row` is that of a user-defined operation. */
export function call(name: string, args: readonly Node[], row?: Operation): CallNode | undefined {
  const operands = args.map((arg) => ({
    dim: arg.dim,
    ...(arg.kind === "number" && { literal: String(arg.value) }),
    ...(arg.kind === "variable" && { isVariable: true }),
    ...(arg.kind === "list" && { list: arg.values }),
  }))
  const dim = rule((row ?? operations[name as Name]).shape, operands)
  return typeof dim === "number" ? { kind: "call", dim, name, args, ...(row && { row }), ...at } : undefined
}

/** A formula of dimension `dim` made from `f`. */
export function brought(f: Node, dim: number): Node {
  if (f.dim === dim) return f
  if (f.dim > dim) return call("Extract", [f, literal(0), literal(dim)])!
  const one = f.dim === 1 ? f : call("Sum", [f])!
  return dim === 1 ? one : call("SumT", [one, literal(dim)])!
}
/** `g` fit to stand beside `f`, often broadcast. */
export const beside = (g: Node, f: Node) => (common(f.dim, g.dim) ? g : brought(g, f.dim))
const even = (f: Node) => (f.dim % 2 === 0 ? f : call("Concat", [f, leaves[2]!])!)

interface Given {
  readonly f: Node
  readonly g: Node
  readonly h: Node
  readonly v: Node
  readonly n: number
  readonly m: number
}

/** Arguments that fit, for each shape. */
const fitting: Readonly<Partial<Record<DimensionRule, (given: Given) => readonly Node[]>>> = {
  sameInteger: ({ f, n }) => [f, literal(n - 2)],
  sameInteger2: ({ f, n, m }) => [f, literal(-n), literal(m)],
  broadcast2: ({ f, g }) => [f, beside(g, f)],
  quotient: ({ f, g }) => [f, beside(g, f)],
  broadcast3: ({ f, g, h }) => {
    const second = beside(g, f)
    return [f, second, beside(h, second.dim > f.dim ? second : f)]
  },
  first: ({ f, g }) => [f, g],
  pair: ({ f, g }) => [f, beside(g, f)],
  element: ({ f, n }) => [f, literal(n % f.dim)],
  extract: ({ f, n, m }) => [f, literal(n % f.dim), literal(1 + (m % (f.dim - (n % f.dim))))],
  fill: ({ f, n }) => [brought(f, 1), literal(n + 1)],
  elementT: ({ f, n, m }) => [brought(f, 1), literal(n + 1), literal(m % (n + 1))],
  extractT: ({ f, n, m }) => [f, literal(m), literal(f.dim + m + n)],
  matrixVector: ({ f, g }) => (f.dim % g.dim === 0 ? [f, g] : [call("TensorProd", [f, g])!, g]),
  vectorMatrix: ({ f, g }) => (g.dim % f.dim === 0 ? [f, g] : [f, call("TensorProd", [g, f])!]),
  complex: ({ f }) => [even(f)],
  complexPart: ({ f }) => [even(f)],
  complexSum: ({ f }) => [even(f)],
  complexBroadcast: ({ f, g }) => [even(f), brought(g, g.dim < even(f).dim ? 2 : even(f).dim)],
  complexScale: ({ f, g, n }) => (n % 2 ? [brought(f, 1), even(g)] : [even(f), brought(g, 1)]),
  complexFill: ({ f, n }) => [brought(f, 2), literal(2 * n + 2)],
  integer: ({ n }) => [literal(n - 3)],
  inverseInteger: ({ n }) => [literal(n + 1)],
  ratio: ({ n, m }) => [literal(n - 3), literal(m + 1)],
  zeros: ({ n }) => [literal(n + 1)],
  weighted: ({ f, g }) => [g.dim === f.dim ** 2 || g.dim === f.dim ? g : brought(g, 1), f],
  weightedPair: ({ f, g, h }) => {
    const second = beside(g, f)
    const dim = Math.max(f.dim, second.dim)
    return [h.dim === dim || h.dim === dim ** 2 ? h : brought(h, 1), f, second]
  },
  matrixNorm: ({ f }) => [call("TensorProd", [f, f])!, f],
  gradient: ({ f, g, v, n }) => [f, v, brought(g, n % 2 ? 1 : f.dim)],
  differential: ({ f, g, v }) => [f, v, brought(g, v.dim)],
  divergence: ({ f, v }) => [brought(f, v.dim), v],
  laplacian: ({ f, v }) => [brought(f, 1), v],
  jacobian: ({ f, v }) => [f, v],
  // These need formulas that are linear in the variable.
  traceOperator: ({ g, v }) => [call("Mult", [v, brought(independent(g), v.dim)])!, v],
  sumLinear: ({ g, v }) => [call("TensorProd", [v, independent(g)])!, v],
  tensorDot: ({ f, g }) => [f, brought(g, f.dim), list([f.dim]), list([f.dim]), list([0]), list([0])],
  kron: ({ f, g }) => [f, g, list([f.dim]), list([g.dim])],
  spline: ({ f, g, n, m }) => [ascending(f, 4 + (n % 3), m), brought(g, 1), literal(n % 3)],
  // sums over paths lose digits where costs are large against the smoothing
  series: ({ f, g, h }) => [call("Tanh", [brought(f, Math.min(f.dim, 3))])!, call("Tanh", [brought(g, Math.min(g.dim, 3))])!, smoothing(h)],
  alongSeries: ({ f, g, h }) => [
    call("Tanh", [brought(f, Math.min(f.dim, 3))])!,
    call("Tanh", [brought(g, Math.min(g.dim, 3))])!,
    smoothing(h),
  ],
  alongSeriesTwice: ({ f, g, h }) => {
    const [x, y] = [brought(f, Math.min(f.dim, 3)), brought(g, Math.min(g.dim, 3))]
    return [call("Tanh", [x])!, call("Tanh", [y])!, smoothing(h), brought(h, x.dim), brought(f, y.dim)]
  },
}
/**
 * Knots around 0, some of them equal where `m` is odd. Splines are what they are on ascending knots: on others the recursion gives values, but
 * a quotient with divisor 0 in the middle of it has a derivative of its own that the rule for splines knows nothing of.
 */
function ascending(f: Node, count: number, m: number): Node {
  const moved = call("Tanh", [brought(f, count)])!
  const places = Array.from({ length: count }, (_, k): Node => literal(k - 2)).reduceRight((rest, one) => call("Concat", [one, rest])!)
  return call("Add", [call(m % 2 === 1 ? "Floor" : "Sigmoid", [moved])!, places])!
}
/** A number between 1 and 2. */
const smoothing = (f: Node): Node => call("Add", [literal(1), call("Square", [call("Tanh", [brought(f, 1)])!])!])!
/** A leaf in place of what might depend on a variable. */
const independent = (f: Node): Node => (f.kind === "number" ? f : { kind: "number", value: 1.5, dim: 1, ...at })

/** Arguments that may not be left out. */
const arity = (row: Operation) => row.args.length - (row.optional ?? 0)

const entries = Object.entries(operations) as [Name, Operation][]
const isCalculus = ([, row]: readonly [Name, Operation]) => row.derive !== undefined
const plain = entries.filter((entry) => !isCalculus(entry)).map(([name]) => name)
const calculus = entries.filter(isCalculus).map(([name]) => name)

function made(name: string, row: Operation, given: Given): Node {
  const { f, g, h } = given
  const args = fitting[row.shape]?.(given) ?? [f, g, h].slice(0, arity(row))
  const node = call(name, args, row === operations[name as Name] ? undefined : row)
  return node && node.dim <= widest ? node : f
}

/** What a shape takes that is no formula; a test asks that each is served. */
export const shapesWithMore: readonly string[] = [...Object.keys(integerArguments), ...Object.keys(listArguments), ...variableShapes]
export const served: readonly string[] = Object.keys(fitting)
export const names: readonly string[] = entries.map(([name]) => name)

/**
 * Right formulas with calls nested at most six deep. The operations of the calculus stand on small formulas, some of them such operations
 * themselves: they multiply. User-defined operations are at the root or just below it, or anywhere.
 */
export function formulas(own: Own = {}): fc.Arbitrary<Node> {
  const mine = Object.keys(own)
  return fc.letrec<{ node: Node; small: Node; leaf: Node; own: Node; root: Node }>((tie) => {
    const given = (child: fc.Arbitrary<Node>) =>
      fc.record({
        f: child,
        g: child,
        h: child,
        v: fc.constantFrom(...leaves.slice(0, 5)),
        n: fc.nat(5),
        m: fc.nat(3),
      })
    const of = (names: readonly string[], child: fc.Arbitrary<Node>) =>
      fc.tuple(fc.constantFrom(...names), given(child)).map(([name, all]) => made(name, own[name] ?? operations[name as Name], all))
    const simple = of([...plain, ...mine], tie("leaf"))
    const edged = (child: fc.Arbitrary<Node>) =>
      fc.tuple(fc.constantFrom(...Object.values(edges)), given(child)).map(([make, all]) => {
        const node = make(all)
        return node.dim <= widest ? node : all.f
      })
    return {
      leaf: fc.oneof(
        { weight: 6, arbitrary: fc.constantFrom(...leaves) },
        { weight: 1, arbitrary: fc.constantFrom(0, 1, 2, 0.5, -1, 1.25, 3).map(literal) },
      ),
      small: fc.oneof(
        { weight: 4, arbitrary: tie("leaf") },
        { weight: 4, arbitrary: simple },
        { weight: 1, arbitrary: of(calculus, simple) },
        { weight: 2, arbitrary: edged(tie("leaf")) },
      ),
      node: fc.oneof(
        { maxDepth: 5, depthIdentifier: "node", depthSize: "medium" },
        tie("leaf"),
        { weight: 5, arbitrary: of([...plain, ...mine], tie("node")) },
        { weight: 1, arbitrary: edged(tie("small")) },
        { weight: 1, arbitrary: of(calculus, tie("small")) },
      ),
      own: mine.length === 0 ? tie("node") : of(mine, tie("node")),
      root:
        mine.length === 0
          ? fc.oneof({ weight: 3, arbitrary: tie("node") }, { weight: 1, arbitrary: edged(tie("small")) })
          : fc.oneof(tie("own"), of(plain, tie("own")), of(calculus, of(mine, tie("leaf")))),
    }
  }).root
}
export const formula = formulas()

/** A text with a letter spoiled, or with another operand in place of one: dimensions that do not fit, integers where formulas belong. */
export const nearMiss = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    spoil(text),
    fc
      .tuple(fc.nat(1000), fc.constantFrom("x", "p", "A", "s", "B", "W", "2", "0", "-1", "1.5", "7", "[2]", "[2, 3]", "Exp(p)", "q"))
      .map(([n, other]) => {
        const words = [...text.matchAll(/(?<![\w.])[\w.]+\b(?!\()/g)]
        const word = words[n % words.length]
        return word ? text.slice(0, word.index) + other + text.slice(word.index + word[0].length) : other
      }),
  )
