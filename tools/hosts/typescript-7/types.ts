// Types and symbols of TypeScript 7 as the analysis knows them from older compilers. One view for each, so that they can be compared.
import type ts from "typescript"
import type { NodeHandle, Project, Signature, Symbol as SymbolObject, Type } from "typescript-7/unstable/sync"
import type { Api } from "./api.ts"

/** The members of a type that the analysis reads; `target` is there in references alone, as in older compilers. */
export class TypeView {
  readonly raw: Type
  private readonly views: Views
  declare readonly target?: true
  constructor(raw: Type, views: Views) {
    this.raw = raw
    this.views = views
    if (raw.isTypeReference()) this.target = true
  }
  get flags(): number {
    return this.raw.flags
  }
  get value(): unknown {
    return this.raw.isLiteralType() ? this.raw.value : undefined
  }
  get intrinsicName(): string | undefined {
    return this.raw.isIntrinsicType() ? this.raw.intrinsicName : undefined
  }
  get texts(): readonly string[] | undefined {
    return this.raw.isTemplateLiteralType() ? this.raw.texts : undefined
  }
  get types(): readonly TypeView[] | undefined {
    const { raw } = this
    if (!raw.isUnionType() && !raw.isIntersectionType() && !raw.isTemplateLiteralType()) return undefined
    return raw.getTypes()?.map(this.views.type)
  }
  get typeArguments(): readonly TypeView[] {
    return this.views.typeArguments(this)
  }
  isUnion(): boolean {
    return this.raw.isUnionType()
  }
  isUnionOrIntersection(): boolean {
    return this.raw.isUnionType() || this.raw.isIntersectionType()
  }
  isStringLiteral(): boolean {
    return this.raw.isStringLiteralType()
  }
  isNumberLiteral(): boolean {
    return this.raw.isNumberLiteralType()
  }
  getSymbol(): SymbolView | undefined {
    return this.views.symbol(this.raw.getSymbol())
  }
  getProperty(name: string): SymbolView | undefined {
    return this.views.symbol(this.views.project.checker.getPropertyOfType(this.raw, name))
  }
}

export class SymbolView {
  readonly raw: SymbolObject
  private readonly views: Views
  constructor(raw: SymbolObject, views: Views) {
    this.raw = raw
    this.views = views
  }
  get name(): string {
    return this.raw.name
  }
  get declarations(): readonly ts.Node[] {
    return this.raw.declarations.map(placeOf)
  }
  /** The node itself where the analysis looks into it. */
  get valueDeclaration(): ts.Node | undefined {
    const handle = this.raw.valueDeclaration
    if (handle === undefined) return undefined
    const isRead = handle.kind === this.views.api.ast.SyntaxKind.VariableDeclaration && !/\.d\.[cm]?ts$/.test(handle.path)
    return (isRead ? (handle.resolve() as ts.Node | undefined) : undefined) ?? placeOf(handle)
  }
}

/** A declaration of which only the kind and the file are asked: its tree need not come over. */
function placeOf({ kind, path }: NodeHandle): ts.Node {
  return { kind, getSourceFile: () => ({ fileName: path }) } as unknown as ts.Node
}

export interface Views {
  readonly api: Api
  readonly project: Project
  type(raw: Type): TypeView
  symbol(raw: SymbolObject | undefined): SymbolView | undefined
  signature(raw: Signature | undefined): ts.Signature | undefined
  typeArguments(type: TypeView): readonly TypeView[]
}

/** The views of what one snapshot knows. */
export function viewsOf(api: Api, project: Project): Views {
  const types = new Map<number, TypeView>()
  const symbols = new Map<number, SymbolView>()
  const views: Views = {
    api,
    project,
    type: (raw) => once(types, raw.id, () => new TypeView(raw, views)),
    symbol: (raw) => raw && once(symbols, raw.id, () => new SymbolView(raw, views)),
    signature: (raw) =>
      raw &&
      ({
        declaration: raw.declaration && placeOf(raw.declaration),
        get thisParameter() {
          return views.symbol(raw.getThisParameter())
        },
      } as unknown as ts.Signature),
    typeArguments: memo(({ raw }: TypeView) => (raw.isTypeReference() ? project.checker.getTypeArguments(raw).map(views.type) : [])),
  }
  return views
}

function once<T>(known: Map<number, T>, id: number, make: () => T): T {
  const before = known.get(id)
  if (before !== undefined) return before
  const made = make()
  known.set(id, made)
  return made
}

/** A function that answers once for each object. */
export function memo<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before.value
    const value = make(key)
    known.set(key, { value })
    return value
  }
}
