// The checker that the analysis asks, over the one of TypeScript 7. Each question is a message to another process, so that answers are kept, and
// questions with an obvious answer are not asked.
import type ts from "typescript"
import type { Node } from "typescript-7/unstable/ast"
import { memo, type TypeView, type Views } from "./types.ts"

/** `couldBeOurs` says of a call whether its function may be one of tskeops. */
export function checkerOf(views: Views, couldBeOurs: (call: Node) => boolean): ts.TypeChecker {
  const { checker } = views.project
  const { TypeFlags } = views.api.sync
  /** Types that are never null, nor depend on type parameters. */
  const certain = TypeFlags.Object | TypeFlags.Literal | TypeFlags.Any | TypeFlags.Never
  const numbers = { any: once(() => views.type(checker.getAnyType())), number: once(() => views.type(checker.getNumberType())) }
  /** What older compilers have where there is no type. */
  const noType = once(() => Object.create(numbers.any(), { intrinsicName: { value: "error" } }) as TypeView)
  const view = (raw: Parameters<Views["type"]>[0] | undefined): TypeView => (raw === undefined ? noType() : views.type(raw))

  const asked = {
    getTypeAtLocation: memo((node: Node) => view(checker.getTypeAtLocation(node))),
    getSymbolAtLocation: memo((node: Node) => views.symbol(checker.getSymbolAtLocation(node))),
    getResolvedSignature: memo((call: Node) => (couldBeOurs(call) ? views.signature(checker.getResolvedSignature(call)) : undefined)),
    getContextualType: memo((node: Node) => {
      const raw = checker.getContextualType(node as Parameters<typeof checker.getContextualType>[0])
      return raw && views.type(raw)
    }),
    getNonNullableType: memo((type: TypeView) => (type.flags & certain ? type : view(checker.getNonNullableType(type.raw)))),
    getBaseConstraintOfType: memo((type: TypeView) => {
      const raw = checker.getBaseConstraintOfType(type.raw)
      return raw && views.type(raw)
    }),
    isTupleType: memo(({ raw }: TypeView) => raw.isTypeReference() && checker.isTupleType(raw)),
    getTypeArguments: views.typeArguments,
    getNumberType: numbers.number,
    isTypeAssignableTo: (source: TypeView, target: TypeView) => checker.isTypeAssignableTo(source.raw, target.raw),
    getTypeOfSymbol: (symbol: { readonly raw: Parameters<typeof checker.getDeclaredTypeOfSymbol>[0] }) =>
      view(checker.getTypeOfSymbol(symbol.raw)),
    getTypeOfSymbolAtLocation: (symbol: { readonly raw: Parameters<typeof checker.getDeclaredTypeOfSymbol>[0] }, node: Node) =>
      view(checker.getTypeOfSymbolAtLocation(symbol.raw, node)),
  }
  return asked as unknown as ts.TypeChecker
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
