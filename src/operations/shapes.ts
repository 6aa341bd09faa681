// The dimension rules: one row for each, which says what the arguments must be and what dimension the result has. The body of a rule, a
// type and a function of its name, is in src/formula/dimensions. This file imports nothing.

/** What a row says of a dimension rule. */
export interface ShapeRow {
  /** Names of the arguments, as `result` and `rule` use them; none is called `a`, which is a word. */
  readonly args: readonly string[]
  /** How many of the last arguments may be left out. */
  readonly optional?: 1 | 2
  /** The dimension of the result; d(f) is that of f. */
  readonly result: string
  /** What must hold, in words. */
  readonly rule?: string
  /** Arguments (counted from 0) that are integer literals. */
  readonly integers?: readonly number[]
  /** Arguments that are lists of integer literals, `[2, 3]`. */
  readonly lists?: readonly number[]
  /** The result is made component by component, so that `scalar` may define it. */
  readonly elementwise?: true
  /** The second argument must be a variable. */
  readonly variable?: true
  /** `defineOperation` accepts it. */
  readonly userDefined?: true
}

const broadcast = { result: "the larger dimension", rule: "d(f) and d(g) are equal, or one of them is 1" } as const
const divides = { result: "d(A) / d(b)", rule: "d(b) divides d(A)" } as const

export const shapes = {
  same: { args: ["f"], result: "d(f)", elementwise: true, userDefined: true },
  sameInteger: {
    args: ["f", "n"],
    result: "d(f)",
    rule: "n is an integer literal",
    integers: [1],
    elementwise: true,
    userDefined: true,
  },
  sameInteger2: {
    args: ["f", "m", "n"],
    result: "d(f)",
    rule: "m and n are integer literals",
    integers: [1, 2],
    elementwise: true,
    userDefined: true,
  },
  broadcast2: { args: ["f", "g"], ...broadcast, elementwise: true, userDefined: true },
  quotient: { args: ["f", "g"], result: broadcast.result, rule: `${broadcast.rule}; g is not the literal 0` },
  broadcast3: {
    args: ["f", "g", "h"],
    result: "the largest dimension",
    rule: "the other dimensions are equal to it, or 1",
    elementwise: true,
    userDefined: true,
  },
  scalar: { args: ["f"], result: "1", userDefined: true },
  pair: { args: ["f", "g"], result: "1", rule: broadcast.rule, userDefined: true },
  first: { args: ["f", "g"], result: "d(f)", userDefined: true },
  second: { args: ["f", "g"], result: "d(g)" },
  concat: { args: ["f", "g"], result: "d(f) + d(g)", userDefined: true },
  element: { args: ["f", "m"], result: "1", rule: "0 <= m < d(f)", integers: [1] },
  extract: { args: ["f", "s", "n"], result: "n", rule: "s + n <= d(f)", integers: [1, 2] },
  fill: { args: ["f", "n"], result: "n", rule: "d(f) is 1", integers: [1] },
  elementT: { args: ["f", "n", "m"], result: "n", rule: "d(f) is 1, 0 <= m < n", integers: [1, 2] },
  extractT: { args: ["f", "s", "n"], result: "n", rule: "s + d(f) <= n", integers: [1, 2] },
  tensor: { args: ["f", "g"], result: "d(f) * d(g)", userDefined: true },
  double: { args: ["f"], result: "2 d(f)", userDefined: true },
  complex: { args: ["f"], result: "d(f)", rule: "d(f) is even", userDefined: true },
  complexBroadcast: {
    args: ["f", "g"],
    result: "the larger dimension",
    rule: "d(f) and d(g) are even; they are equal, or one of them is 2",
    userDefined: true,
  },
  complexPart: { args: ["f"], result: "d(f) / 2", rule: "d(f) is even", userDefined: true },
  complexScale: { args: ["f", "g"], result: "the larger dimension", rule: "one of d(f) and d(g) is 1, the other is even" },
  complexSum: { args: ["f"], result: "2", rule: "d(f) is even", userDefined: true },
  complexFill: { args: ["f", "n"], result: "n", rule: "n is even, d(f) is 2", integers: [1] },
  matrixVector: { args: ["A", "b"], ...divides, userDefined: true },
  vectorMatrix: { args: ["b", "A"], ...divides, userDefined: true },
  weighted: { args: ["s", "f"], result: "1", rule: "d(s) is 1, d(f) or d(f)^2", userDefined: true },
  weightedPair: { args: ["s", "f", "g"], result: "1", rule: "d(s) is 1, d(f - g) or d(f - g)^2", userDefined: true },
  matrixNorm: { args: ["s", "f"], result: "1", rule: "d(s) is d(f)^2" },
  integer: { args: ["n"], result: "1", rule: "n is an integer literal", integers: [0] },
  inverseInteger: { args: ["n"], result: "1", rule: "n is an integer literal other than 0", integers: [0] },
  ratio: { args: ["p", "q"], result: "1", rule: "p and q are integer literals, q is not 0", integers: [0, 1] },
  zeros: { args: ["n"], result: "n", integers: [0] },
  gradient: { args: ["f", "v", "e"], result: "d(v)", rule: "v is a variable, d(e) is d(f) or 1", variable: true },
  differential: { args: ["f", "v", "u"], result: "d(f)", rule: "v is a variable, d(u) is d(v)", variable: true },
  divergence: { args: ["f", "v"], result: "1", rule: "v is a variable, d(v) is d(f)", variable: true },
  laplacian: { args: ["f", "v"], result: "1", rule: "v is a variable, d(f) is 1", variable: true },
  jacobian: { args: ["f", "v"], result: "d(f) * d(v)", rule: "v is a variable", variable: true },
  traceOperator: {
    args: ["f", "v", "w"],
    optional: 1,
    result: "1",
    rule: "v is a variable, d(f) is d(v) or 1, d(w) is d(f) or 1",
    variable: true,
  },
  sumLinear: {
    args: ["f", "v", "l", "r"],
    optional: 2,
    result: "1",
    rule: "v is a variable, d(l) is d(f), d(r) is d(v)",
    variable: true,
  },
  tensorDot: {
    args: ["f", "g", "df", "dg", "cf", "cg", "perm"],
    optional: 1,
    result: "the product of the extents that are not contracted",
    rule: "the extents df and dg multiply to d(f) and d(g); the axes cf and cg, pair by pair, have equal extents",
    lists: [2, 3, 4, 5, 6],
  },
  kron: {
    args: ["f", "g", "df", "dg"],
    result: "d(f) * d(g)",
    rule: "df and dg are of one length and multiply to d(f) and d(g)",
    lists: [2, 3],
  },
  spline: { args: ["t", "x", "n"], result: "d(t) - n - 1", rule: "d(x) is 1, n + 2 <= d(t)", integers: [2] },
  series: { args: ["x", "y", "s"], result: "1", rule: "d(s) is 1" },
  alongSeries: { args: ["x", "y", "s"], result: "d(x)", rule: "d(s) is 1" },
  alongSeriesTwice: { args: ["x", "y", "s", "u", "v"], result: "d(x)", rule: "d(s) is 1, d(u) is d(x), d(v) is d(y)" },
} as const satisfies Record<string, ShapeRow>

type Shapes = typeof shapes
/** The name of a dimension rule. */
export type DimensionRule = keyof Shapes
/** The rules that have a column. */
type RulesWith<column extends keyof ShapeRow> = {
  [rule in DimensionRule]: Shapes[rule] extends { readonly [c in column]: unknown } ? rule : never
}[DimensionRule]
export type VariableRule = RulesWith<"variable">
export type UserRule = RulesWith<"userDefined">
/** The elementwise rules with integer literals. A formula cannot use these, so that `scalar` alone defines such an operation. */
export type IntegerRule = RulesWith<"elementwise"> & RulesWith<"integers">
/** Where the lists of a rule are among its arguments. */
export type ListPlaces = { readonly [rule in RulesWith<"lists">]: Shapes[rule]["lists"][number] }
/** How many arguments a rule takes at most. */
export type CountOfRule<rule> = Shapes[rule & DimensionRule]["args"]["length"]

const rows = Object.entries(shapes) as [DimensionRule, ShapeRow][]
const rulesWith = <rule extends DimensionRule>(column: keyof ShapeRow) =>
  rows.filter(([, row]) => row[column] !== undefined).map(([name]) => name as rule)
const places = (of: (row: ShapeRow) => readonly number[]): Readonly<Partial<Record<DimensionRule, readonly number[]>>> =>
  Object.fromEntries(rows.map(([name, row]) => [name, of(row)] as const).filter(([, found]) => found.length > 0))

/** Which arguments (counted from 0) are lists of integers. */
export const listArguments = places(({ lists = [] }) => lists)
/** Which arguments are integers or lists of them. */
export const integerArguments = places(({ integers = [], lists = [] }) => [...integers, ...lists])
/** Rules of operations that users define. */
export const ownShapes: readonly UserRule[] = rulesWith("userDefined")
/** Rules whose second argument must be a variable. */
export const variableShapes: readonly VariableRule[] = rulesWith("variable")

/** Those and no others, in this order. */
type Exactly<names, all> = [names, all] extends [readonly all[], names extends readonly (infer name)[] ? name : never] ? names : never
const exactly =
  <all>() =>
  <const names>(list: Exactly<names, all> & names) =>
    list as names
/** Elementwise rules, in the order of the sentence that lists them: types cannot put keys in order, so that they only check this. */
export const elementwiseShapes = exactly<RulesWith<"elementwise">>()(["same", "sameInteger", "sameInteger2", "broadcast2", "broadcast3"])
