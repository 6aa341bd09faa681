// The dimension rules of operations on tensors, whose extents and axes are lists of integers, of splines and of series.
import { DirectionMisfit, NotScalar } from "../../messages/formula.ts"
import * as say from "../../messages/tensor.ts"
import { product } from "../../operations/tensor.ts"
import type { Add, AtMost, Get, Minus, Times } from "./decimal.ts"
import { type Dim, type Natural, natural, type Operand, type Text, type Vector, type Wrong } from "./operand.ts"

/** The integers of a list operand: "[2,3" is ["2", "3"]. */
type Items<s, done extends unknown[] = []> = s extends ""
  ? done
  : s extends `${infer a},${infer rest}`
    ? Items<rest, [...done, a]>
    : [...done, s]
/** As messages show it. */
type Shown<s, done extends string = ""> = s extends `${infer a},${infer rest}` ? Shown<rest, `${done}${a}, `> : `${done}${s & string}`
type Product<list, done = "1"> = list extends [infer a, ...infer rest] ? Product<rest, Times<a, done>> : done

/** The first `Wrong` of the checks, or `result`. */
type Checked<checks, result> = checks extends [infer first, ...infer rest]
  ? first extends Wrong<string>
    ? first
    : Checked<rest, result>
  : result
/** The first sentence of the checks, each made after those before it hold; or the result. */
function checked(checks: readonly (() => string | undefined)[], result: () => number): number | string {
  for (const check of checks) {
    const sentence = check()
    if (sentence !== undefined) return sentence
  }
  return result()
}

type Extents<list, place extends string, dim> =
  Product<Items<list>> extends infer all extends string
    ? all extends dim
      ? true
      : Wrong<say.ExtentsMisfit<Shown<list>, all, place, dim & string>>
    : never
function extents(list: readonly number[], place: number, dim: number): string | undefined {
  const all = product(list)
  return all === dim ? undefined : say.ExtentsMisfit(list, all, place, dim)
}

type SameLength<a, b> = Items<a>["length"] extends Items<b>["length"] ? true : Wrong<say.UnequalLists<Shown<a>, Shown<b>>>
function sameLength(a: readonly number[], b: readonly number[]): string | undefined {
  return a.length === b.length ? undefined : say.UnequalLists(a, b)
}

/** Whether the axes are axes of a tensor, each at most once. */
type Axes<axes, of, extents, all = axes, seen = never> = axes extends [infer axis extends string, ...infer rest]
  ? axis extends keyof Items<extents>
    ? axis extends seen
      ? Wrong<say.AxisTwice<axis, Shown<of>>>
      : Axes<rest, of, extents, all, seen | axis>
    : Wrong<say.NoAxis<axis, Shown<extents>>>
  : true
function axes(list: readonly number[], extents: readonly number[]): string | undefined {
  for (const [n, axis] of list.entries()) {
    if (axis >= extents.length) return say.NoAxis(axis, extents)
    if (list.indexOf(axis) < n) return say.AxisTwice(axis, list)
  }
  return undefined
}

type Contracted<cf, cg, df, dg> = [cf, cg] extends [[infer a extends string, ...infer p], [infer b extends string, ...infer q]]
  ? Get<df, a> extends Get<dg, b>
    ? Contracted<p, q, df, dg>
    : Wrong<say.AxesDiffer<a, Get<df, a> & string, b, Get<dg, b> & string>>
  : true
function contracted(cf: readonly number[], cg: readonly number[], df: readonly number[], dg: readonly number[]): string | undefined {
  const n = cf.findIndex((axis, k) => df[axis] !== dg[cg[k]!])
  return n < 0 ? undefined : say.AxesDiffer(cf[n]!, df[cf[n]!]!, cg[n]!, dg[cg[n]!]!)
}

/** The extents of the axes that are not contracted. */
type Kept<list, axes, passed extends 0[] = [], done extends unknown[] = []> = list extends [infer extent, ...infer rest]
  ? Kept<rest, axes, [...passed, 0], `${passed["length"]}` extends axes ? done : [...done, extent]>
  : done
type Result<df, dg, cf, cg> = [...Kept<Items<df>, Items<cf>[number]>, ...Kept<Items<dg>, Items<cg>[number]>]
function kept(list: readonly number[], axes: readonly number[]): number[] {
  return list.filter((_, axis) => !axes.includes(axis))
}

type Permutes<perm, result extends unknown[]> = [perm, Items<perm>["length"]] extends [string, result["length"]]
  ? [keyof result & `${bigint}`] extends [Items<perm>[number]]
    ? true
    : Wrong<say.NotAPermutation<Shown<perm>, `${result["length"]}`>>
  : Wrong<say.NotAPermutation<Shown<perm>, `${result["length"]}`>>
function permutes(perm: readonly number[], count: number): string | undefined {
  const places = Array.from({ length: count }, (_, place) => place)
  return perm.length === count && places.every((place) => perm.includes(place)) ? undefined : say.NotAPermutation(perm, count)
}

/** The lists of the arguments from the third on, as a tuple; or `Wrong` about the first that is none. */
type Lists<rest, place extends 0[]> = rest extends `[${infer list};${infer more}`
  ? Lists<more, [...place, 0]> extends infer after
    ? after extends unknown[]
      ? [list, ...after]
      : after
    : never
  : rest extends `[${infer list}`
    ? [list]
    : Wrong<say.NotAList<`${place["length"]}`>>
function lists(operands: readonly Operand[], place: number): readonly (readonly number[])[] | string {
  const none = operands.findIndex(({ list }) => list === undefined)
  return none < 0 ? operands.map(({ list }) => list!) : say.NotAList(place + none)
}

type TensorDot<f, g, all> = all extends [infer df, infer dg, infer cf, infer cg, ...infer perm]
  ? Checked<
      [
        Extents<df, "1", f>,
        Extents<dg, "2", g>,
        SameLength<cf, cg>,
        Axes<Items<cf>, cf, df>,
        Axes<Items<cg>, cg, dg>,
        Contracted<Items<cf>, Items<cg>, Items<df>, Items<dg>>,
        perm extends [infer p] ? Permutes<p, Result<df, dg, cf, cg>> : true,
      ],
      Vector<Product<Result<df, dg, cf, cg>>>
    >
  : all
function tensorDot(f: Operand, g: Operand, ...rest: readonly Operand[]): number | string {
  const all = lists(rest, 3)
  if (typeof all === "string") return all
  const [df, dg, cf, cg, perm] = all as [number[], number[], number[], number[], number[]?]
  return checked(
    [
      () => extents(df, 1, f.dim),
      () => extents(dg, 2, g.dim),
      () => sameLength(cf, cg),
      () => axes(cf, df),
      () => axes(cg, dg),
      () => contracted(cf, cg, df, dg),
      () => perm && permutes(perm, kept(df, cf).length + kept(dg, cg).length),
    ],
    () => product([...kept(df, cf), ...kept(dg, cg)]),
  )
}

type Kron<f, g, all> = all extends [infer df, infer dg]
  ? Checked<[SameLength<df, dg>, Extents<df, "1", f>, Extents<dg, "2", g>], Vector<Times<f, g>>>
  : all
function kron(f: Operand, g: Operand, ...rest: readonly Operand[]): number | string {
  const all = lists(rest, 3)
  if (typeof all === "string") return all
  const [df, dg] = all as [number[], number[]]
  return checked([() => sameLength(df, dg), () => extents(df, 1, f.dim), () => extents(dg, 2, g.dim)], () => f.dim * g.dim)
}

type Spline<t, order> = order extends string
  ? AtMost<Add<order, "2">, t> extends true
    ? Minus<t, Add<order, "1">>
    : Wrong<say.TooFewKnots<t & string, order>>
  : order
function spline(t: Operand, x: Operand, order: Operand): number | string {
  if (x.dim > 1) return NotScalar(2, x.dim)
  const p = natural(order, 3, 0)
  if (typeof p === "string") return p
  return p.n + 2 <= t.dim ? t.dim - p.n - 1 : say.TooFewKnots(t.dim, p.text)
}

/** The members are twins of `tensorRules`, one for each shape. */
export interface TensorRules<args> {
  tensorDot: args extends `${infer f};${infer g};${infer rest}` ? TensorDot<Dim<f>, Dim<g>, Lists<rest, [0, 0, 0]>> : never
  kron: args extends `${infer f};${infer g};${infer rest}` ? Kron<Dim<f>, Dim<g>, Lists<rest, [0, 0, 0]>> : never
  spline: args extends `${infer t};${infer x};${infer n}`
    ? Dim<x> extends "1"
      ? Spline<Dim<t>, Natural<n, "3", "0">>
      : Wrong<NotScalar<"2", Text<x>>>
    : never
  series: args extends `${string};${string};${infer s}` ? (Dim<s> extends "1" ? "1" : Wrong<NotScalar<"3", Text<s>>>) : never
  alongSeries: args extends `${infer x};${string};${infer s}` ? (Dim<s> extends "1" ? Dim<x> : Wrong<NotScalar<"3", Text<s>>>) : never
  alongSeriesTwice: args extends `${infer x};${infer y};${infer s};${infer u};${infer v}`
    ? Dim<s> extends "1"
      ? Dim<u> extends Dim<x>
        ? Dim<v> extends Dim<y>
          ? Dim<x>
          : Wrong<DirectionMisfit<Text<v>, Text<y>>>
        : Wrong<DirectionMisfit<Text<u>, Text<x>>>
      : Wrong<NotScalar<"3", Text<s>>>
    : never
}

export const tensorRules = {
  tensorDot,
  kron,
  spline,
  series: (_x: Operand, _y: Operand, s: Operand) => (s.dim > 1 ? NotScalar(3, s.dim) : 1),
  alongSeries: (x: Operand, _y: Operand, s: Operand) => (s.dim > 1 ? NotScalar(3, s.dim) : x.dim),
  alongSeriesTwice: (x: Operand, y: Operand, s: Operand, u: Operand, v: Operand) => {
    if (s.dim > 1) return NotScalar(3, s.dim)
    return u.dim !== x.dim ? DirectionMisfit(u.dim, x.dim) : v.dim !== y.dim ? DirectionMisfit(v.dim, y.dim) : x.dim
  },
}
