// The dimension of a formula's text, in types: the fast path, and where that says no, the parser's twin.

import type { Parse } from "../parser/parse.ts"
import type { Fast } from "./fast-path.ts"
import type { TooLongForFast, TooLongForParse } from "./long-text.ts"

/** The dimensions of variables that a union or a tuple of canonical aliases declares, and the definitions of operations under "name(". */
export type Dims<a> = string extends a
  ? Record<string, string>
  : [a] extends [never]
    ? Record<never, never>
    : [a] extends [readonly unknown[]]
      ? DimsOfUnion<a[number]>
      : DimsOfUnion<a>
type DimsOfUnion<a> = string extends a ? Record<string, string> : { [n in keyof ByName<a>]: DimOf<ByName<a>[n]> }
type DimOf<d> = d extends `operation ${string}` ? d : d extends `${string}(${infer dim})` ? dim : never

/** The declarations of a union by their names. */
export type ByName<a> = {
  [d in a as d extends `${infer n} = ${string}` ? n : d extends `operation ${infer n}(${string}` ? `${n}(` : never]: d
}

/** Whether a text or the declarations of its variables are known only at run time. */
type IsOpen<t extends string, dims> = string extends t
  ? true
  : string extends keyof dims
    ? true
    : `${number}` extends dims[keyof dims]
      ? true
      : false
/** Whether a text is a template with holes. */
// biome-ignore lint/complexity/noBannedTypes: the empty object, to see whether a property is required
export type HasHoles<t extends string> = {} extends Record<t, 1> ? true : false

/** The dimension as digits; `Wrong` with the sentence; or `string` where types cannot know. */
export type Measure<t extends string, dims> =
  IsOpen<t, dims> extends true
    ? string
    : t extends TooLongForFast
      ? string
      : Fast<t, dims> extends infer d extends string
        ? d
        : HasHoles<t> extends true
          ? string
          : t extends TooLongForParse
            ? string
            : Parse<t, dims>

/** The dimension as digits, or `string` where it is not known. */
export type Dimension<t extends string, a> = Measure<t, Dims<a>> extends infer d extends string ? d : string
