// `defineOperation`: a user-defined operation, which formulas call like one of the table. Its definition is one text, a literal
// type: it travels with the variables of a formula, so that the types, the transformer and `tskeops/jit` read the same.

import type { Fast } from "../formula/dimensions/fast-path.ts"
import type { HasHoles } from "../formula/dimensions/infer.ts"
import type { Wrong } from "../formula/dimensions/operand.ts"
import type { OperationName } from "../formula/lookup.ts"
import type { IsName, Trim } from "../formula/parser/characters.ts"
import type { Parse } from "../formula/parser/parse.ts"
import type { Lax } from "../formula/parser/state.ts"
import type { Commas, Definition, OperationRow, Used } from "../formula/user-definition.ts"
import type { Unexpected } from "../messages/formula.ts"
import type {
  InDefinition,
  NoIntegers,
  NoMeaning,
  NoSuchArgument,
  NotElementwise,
  OwnArgument,
  OwnCount,
  OwnName,
} from "../messages/user-operation.ts"
import type { foreignOperators } from "../operations/foreign.ts"
import type { CountOfRule, elementwiseShapes, IntegerRule } from "../operations/shapes.ts"
import type { AnyOperation, DeclaredBy, Mistake, OwnOperation } from "./terms.ts"

/** What types say of a row: its fields, those that are wrong with a sentence. */
type Check<R extends OperationRow> = {
  readonly name: Said<R, CheckName<R["name"]>>
  readonly args: Said<R, CheckArgs<R["args"], R["shape"]>>
  readonly uses?: readonly AnyOperation[]
  readonly gradient?: CheckGradient<R, R["gradient"]>
} & (R extends { readonly means: infer means extends string }
  ? R["shape"] extends IntegerRule
    ? { readonly means: Said<R, NoIntegers<R["shape"]>> }
    : { readonly means: CheckText<R, means, R["args"][number]>; readonly scalar?: never }
  : R extends { readonly scalar: infer scalar extends string }
    ? R["shape"] extends ElementwiseShapes[number]
      ? scalar extends `${infer before};${string}`
        ? { readonly scalar: Said<R, Unexpected<";", Trim<before>, (typeof foreignOperators)[";"]>> }
        : unknown
      : { readonly scalar: Said<R, NotElementwise<R["shape"], Commas<ElementwiseShapes>>> }
    : string extends R["name"]
      ? unknown
      : { readonly means: Said<R, NoMeaning> })
type ElementwiseShapes = typeof elementwiseShapes

/** Anything where there is no sentence. */
type Said<R extends OperationRow, sentence> = [sentence] extends [never] ? unknown : Mistake<InDefinition<R["name"], sentence & string>>

type CheckName<name extends string> = string extends name
  ? never
  : name extends OperationName
    ? OwnName<name>
    : IsName<name> extends true
      ? never
      : OwnName<name>
type CheckArgs<args extends readonly string[], shape> = number extends args["length"]
  ? never
  : args["length"] extends CountOfRule<shape>
    ? Strange<args>
    : OwnCount<shape & string, CountOfRule<shape>, args["length"]>
/** The sentence about the first argument that is no name, `e`, or there twice. */
type Strange<args, seen = "e"> = args extends readonly [infer arg extends string, ...infer rest]
  ? string extends arg
    ? never
    : arg extends seen
      ? OwnArgument<arg>
      : IsName<arg> extends true
        ? Strange<rest, seen | arg>
        : OwnArgument<arg>
  : never
type CheckGradient<R extends OperationRow, gradient> =
  Exclude<keyof gradient, R["args"][number]> extends infer strange
    ? [strange] extends [never]
      ? { readonly [a in keyof gradient]: CheckText<R, gradient[a], R["args"][number] | "e"> } | null
      : Said<R, NoSuchArgument<strange & string, Commas<R["args"]>>>
    : never

/** Whether a text is right in syntax and names, whatever the dimensions of the variables `names`. */
type CheckText<R extends OperationRow, text, names extends string> = text extends string
  ? string extends text | names | UsedBy<R>
    ? unknown
    : Fast<text, Ones<names>> extends string
      ? unknown
      : HasHoles<text> extends true
        ? unknown
        : Parse<text, Ones<names> & Known<R["uses"]> & Lax> extends Wrong<infer sentence>
          ? Said<R, sentence>
          : unknown
  : unknown
type Ones<names extends string> = { readonly [name in names]: "1" }
type UsedBy<R> = R extends { readonly uses: infer used extends readonly unknown[] } ? DeclaredBy<used[number]> : never
/** The definitions that a row uses itself, under "name(", as the parser's twin looks for them. */
type Known<uses> = uses extends readonly Used[]
  ? { readonly [one in uses[number] as `${one["name"]}(`]: Extract<DeclaredBy<one>, `operation ${one["name"]}(${string}`> }
  : unknown

/**
 * A user-defined operation. It is a term of `keops`, called in the pieces, and may be listed among the aliases of `genred`; a formula that holds
 * one is a term of others as any formula is.
 *
 * `row.shape` is the rule of its dimension (docs/language.md lists the rules): `"same"` has that of its argument, `"pair"` that of two equal
 * ones. `row.means` is a formula in its arguments, or `row.scalar` an expression that is applied to each component. The gradient is that of
 * what it means, unless `row.gradient` gives another.
 *
 * Types report mistakes of syntax and of names in the row; mistakes of dimensions, which depend on the call, are reported with the formula that
 * uses the operation. A row that types have not checked is refused when such a formula is compiled.
 *
 * @example
 * const Gauss = defineOperation({ name: "Gauss", args: ["f", "g"], shape: "pair", means: "Exp(-SqDist(f, g))" })
 * keops(["", "(", ", ", ")"], Gauss, Vi("x", 3), Vj("y", 3)).sum() // with the transformer: keops`$<Gauss>($<x>, $<y>)`.sum()
 */
export function defineOperation<const R extends OperationRow>(row: R & Check<R>): OwnOperation<R["name"], Definition<R> | UsedBy<R>> {
  return { name: row.name, text: row.name, variables: [], operations: [row] } as unknown as OwnOperation<
    R["name"],
    Definition<R> | UsedBy<R>
  >
}
