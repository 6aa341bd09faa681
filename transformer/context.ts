// What every stage of the transformer is given: the compiler that ts-patch runs, the program, the options of the plugin's line. It does nothing.
import type ts from "typescript"
import type { Target } from "../src/artifact/targets.ts"

/** The compiler itself is a value that ts-patch hands over: it is never bundled, so that the user's version does the work. */
export type Compiler = typeof ts

export interface Options {
  /** Check every shader with the `webgpu` package while building. */
  readonly validate?: boolean
  /** The kernels that are kept; all, if it is not set. */
  readonly targets?: readonly Target[]
}

export interface Context {
  readonly ts: Compiler
  readonly program: ts.Program
  readonly options: Options
}

interface Resolving {
  getResolvedModuleFromModuleSpecifier?(
    specifier: ts.StringLiteralLike,
    file: ts.SourceFile,
  ): { readonly resolvedModule?: { readonly resolvedFileName: string } } | undefined
}

/** The name of the file that an import's specifier was resolved to when the program was made. */
export function resolvedFileName({ program }: Context, specifier: ts.StringLiteralLike, file: ts.SourceFile): string | undefined {
  return (program as Resolving).getResolvedModuleFromModuleSpecifier?.(specifier, file)?.resolvedModule?.resolvedFileName
}

/** All specifiers of a file's imports, exports and import types, as the program collected them. */
export function specifiers(file: ts.SourceFile): readonly ts.StringLiteralLike[] {
  return (file as { readonly imports?: readonly ts.StringLiteralLike[] }).imports ?? []
}

/** `a.b` or `a["b"]`. */
export function isAccess(ts: Compiler, node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)
}

/** Whether a file is of a package. The checker counts packages of a workspace in, which are reached through node_modules but are not in it. */
export const isForeign = (file: string): boolean => file.includes("/node_modules/")
