// `defineOperation`: an operation of a user's own, which stands in formulas as one of the table does. Its definition is one text, a literal
// type: it travels with the variables of a formula, so that the types, the transformer and `tskeops/jit` read the same.
import type { Commas, Definition, OperationRow } from "../formula/definition.ts"
import type { CountOfShape } from "../formula/own.ts"
import type { OperationName } from "../formula/table.ts"
import type { IsName } from "../formula/text.ts"
import type { NoSuchArgument, OwnCount, OwnName } from "../messages/own.ts"
import type { elementwiseShapes, integerArguments } from "../operations/operation.ts"
import type { DeclaredBy, declarations } from "./formula.ts"

/** An operation as a term of `keops`: the pieces call it by its name. */
export interface OwnOperation<N extends string, D extends string> {
  readonly name: N
  readonly text: N
  readonly variables: readonly []
  readonly operations: readonly OperationRow[]
  readonly [declarations]?: D
}
export type AnyOperation = OwnOperation<string, string>

/** The definition of a row, and those of what it uses. */
type Definitions<R extends OperationRow> =
  | Definition<R>
  | (R extends { readonly uses: infer used extends readonly unknown[] } ? DeclaredBy<used[number]> : never)

/** What types say of a row. */
type Check<R extends OperationRow> = {
  readonly name: R["name"] extends OperationName
    ? OwnName<R["name"]>
    : string extends R["name"]
      ? string
      : IsName<R["name"]> extends true
        ? R["name"]
        : OwnName<R["name"]>
  readonly args: R["args"]["length"] extends CountOfShape<R["shape"]>
    ? readonly string[]
    : number extends R["args"]["length"]
      ? readonly string[]
      : OwnCount<R["shape"], CountOfShape<R["shape"]>, R["args"]["length"]>
  readonly gradient?: [Exclude<keyof R["gradient"], R["args"][number]>] extends [never]
    ? OperationRow["gradient"]
    : NoSuchArgument<Exclude<keyof R["gradient"], R["args"][number]> & string, Commas<R["args"]>>
} & (R extends { readonly means: string }
  ? R["shape"] extends keyof typeof integerArguments & ("sameInteger" | "sameInteger2")
    ? { readonly scalar: string }
    : { readonly scalar?: never }
  : { readonly scalar: string; readonly shape: (typeof elementwiseShapes)[number] })

/**
 * An operation of one's own. It is a term of `keops`, called in the pieces; a formula that holds one is a term of others as any formula is.
 * What is wrong with its formulas is said where a formula is compiled.
 *
 * @example
 * const Gauss = defineOperation({ name: "Gauss", args: ["f", "g"], shape: "pair", means: "Exp(-SqDist(f, g))" })
 * keops(["", "(", ", ", ")"], Gauss, Vi("x", 3), Vj("y", 3)).sum() // with the transformer: keops`$<Gauss>($<x>, $<y>)`.sum()
 */
export function defineOperation<const R extends OperationRow>(row: R & Check<R>): OwnOperation<R["name"], Definitions<R>> {
  return { name: row.name, text: row.name, variables: [], operations: [row] } as unknown as OwnOperation<R["name"], Definitions<R>>
}
