// Operations on tensors, whose extents and axes are lists of integers.
import type { Build, Gradient, Index, Operation, Scalar, Vector } from "./operation.ts"

type List = readonly number[]

/** The product of the extents of a tensor, its dimension. */
export const product = (list: List) => list.reduce((all, extent) => all * extent, 1)
const range = (count: number) => Array.from({ length: count }, (_, n) => n)
const written = (...lists: readonly List[]) => lists.map((list) => `[${list.join(", ")}]`).join(", ")
/** How far apart neighbours along each axis are. */
const strides = (extents: List) => extents.map((_, axis) => product(extents.slice(axis + 1)))

/** Who is who in a contraction: the axes that are kept, and for each the place among the axes of the result. */
function contraction(df: List, dg: List, cf: List, cg: List, perm?: List) {
  const [f, g] = [range(df.length).filter((axis) => !cf.includes(axis)), range(dg.length).filter((axis) => !cg.includes(axis))] as const
  const places = perm ?? range(f.length + g.length)
  const extents: number[] = []
  for (const [n, extent] of [...f.map((axis) => df[axis]!), ...g.map((axis) => dg[axis]!)].entries()) extents[places[n]!] = extent
  return { f, g, placesOfF: places.slice(0, f.length), placesOfG: places.slice(f.length), extents }
}

function tensorDot(build: Build, k: Index, f: Vector, g: Vector, df: List, dg: List, cf: List, cg: List, perm?: List): Scalar {
  const kept = contraction(df, dg, cf, cg, perm)
  const apart = { f: strides(df), g: strides(dg), result: strides(kept.extents) }
  const origin = k.times(0)
  /** Where the counters of the axes that are kept lead in an argument. */
  const start = (axes: List, places: List, steps: List) =>
    axes.reduce((at, axis, n) => {
      const place = places[n]!
      return at.add(k.over(apart.result[place]!).modulo(kept.extents[place]!).times(steps[axis]!))
    }, origin)
  const sum = (n: number, inF: Index, inG: Index): Scalar => {
    if (n === cf.length) return build.apply("mul", f.at(inF), g.at(inG))
    const [axis, other] = [cf[n]!, cg[n]!]
    return build.sum(df[axis]!, (l) => sum(n + 1, inF.add(l.times(apart.f[axis]!)), inG.add(l.times(apart.g[other]!))))
  }
  return sum(0, start(kept.f, kept.placesOfF, apart.f), start(kept.g, kept.placesOfG, apart.g))
}

/** The contraction of the cotangent with the other argument gives the axes of an argument in another order: the last list puts them right. */
function gradients(_f: number, _g: number, df: List, dg: List, cf: List, cg: List, perm?: List): Gradient {
  const { f, g, placesOfF, placesOfG, extents } = contraction(df, dg, cf, cg, perm)
  const ascending = (list: List) => [...list].sort((a, b) => a - b)
  const orderOfF = [
    ...ascending(placesOfF).map((place) => f[placesOfF.indexOf(place)]!),
    ...ascending(cg).map((axis) => cf[cg.indexOf(axis)]!),
  ]
  const orderOfG = [
    ...ascending(cf).map((axis) => cg[cf.indexOf(axis)]!),
    ...ascending(placesOfG).map((place) => g[placesOfG.indexOf(place)]!),
  ]
  return {
    f: `TensorDot(e, g, ${written(extents, dg, placesOfG, g, orderOfF)})`,
    g: `TensorDot(f, e, ${written(df, extents, f, placesOfF, orderOfG)})`,
  }
}

export const tensor = {
  TensorDot: {
    args: ["f", "g", "df", "dg", "cf", "cg", "perm"],
    optional: 1,
    shape: "tensorDot",
    component: tensorDot,
    gradient: gradients,
    linear: "one",
    doc: "f and g as tensors of extents df and dg (row-major), summed over the axes cf of f and cg of g, pair by pair. The axes of f that are left come first, then those of g; with perm, the n-th of them becomes axis perm[n].",
  },
  Kron: {
    args: ["f", "g", "df", "dg"],
    shape: "kron",
    means: (_f, _g, df: List, dg: List) => {
      const perm = [...range(df.length).map((axis) => 2 * axis), ...range(dg.length).map((axis) => 2 * axis + 1)]
      return `TensorDot(f, g, ${written(df, dg, [], [], perm)})`
    },
    linear: "one",
    doc: "The Kronecker product of f and g as tensors of extents df and dg, row-major.",
  },
} as const satisfies Record<string, Operation>
