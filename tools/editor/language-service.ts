// The plugin of tsserver, for TypeScript 5.9 and 6: `{ "name": "tskeops/language-service" }` in tsconfig.json. TypeScript is given virtual texts; what it
// answers is put into the places and names that the user wrote, and what it cannot know of formulas is added.
import type ts from "typescript"
import type { Compiler } from "../../transformer/context.ts"
import { toUser, withinWritten } from "./tsserver/answers.ts"
import { completionsAt, detailsAt } from "./tsserver/completions.ts"
import { visible, withFormulas } from "./tsserver/diagnostics.ts"
import { type Files, filesOf } from "./tsserver/files.ts"
import { hoverOperation, operationSignature, withFormulaType } from "./tsserver/hover.ts"
import { decorate, type Snapshots } from "./tsserver/snapshots.ts"

type Service = ts.LanguageService
type Name = keyof Service
// biome-ignore lint/suspicious/noExplicitAny: the arguments of some eighty methods
type Method = (...args: any[]) => any
/** `next` asks TypeScript with these arguments. */
// biome-ignore lint/suspicious/noExplicitAny: as above
type Override = (files: Files, next: Method, ...args: any[]) => unknown

/** What depends on nothing but the syntax is asked about the text as it was written. */
const syntactic: readonly Name[] = [
  "commentSelection",
  "getBraceMatchingAtPosition",
  "getBreakpointStatementAtPosition",
  "getDocCommentTemplateAtPosition",
  "getEncodedSyntacticClassifications",
  "getFormattingEditsAfterKeystroke",
  "getFormattingEditsForDocument",
  "getFormattingEditsForRange",
  "getIndentationAtPosition",
  "getJsxClosingTagAtPosition",
  "getLinkedEditingRangeAtPosition",
  "getNameOrDottedNameSpan",
  "getNavigationBarItems",
  "getNavigationTree",
  "getOutliningSpans",
  "getSmartSelectionRange",
  "getSpanOfEnclosingComment",
  "getSyntacticClassifications",
  "getTodoComments",
  "isValidBraceCompletionAtPosition",
  "toggleLineComment",
  "toggleMultilineComment",
  "uncommentSelection",
]

/** Questions about a name, which of a tag's name are asked in the tail. */
const aboutNames: readonly Name[] = [
  "findReferences",
  "findRenameLocations",
  "getDefinitionAndBoundSpan",
  "getDefinitionAtPosition",
  "getDocumentHighlights",
  "getImplementationAtPosition",
  "getQuickInfoAtPosition",
  "getReferencesAtPosition",
  "getRenameInfo",
  "getTypeDefinitionAtPosition",
  "prepareCallHierarchy",
]

const overrides: Partial<Record<Name, Override>> = {
  getSyntacticDiagnostics: (files, next, ...args) => visible(files, next(...args)),
  getSuggestionDiagnostics: (files, next, ...args) => visible(files, next(...args)),
  getSemanticDiagnostics: (files, next, file, ...args) => withFormulas(files, file, next(file, ...args)),
  getQuickInfoAtPosition(files, next, file, position, ...args) {
    const ours = hoverOperation(files, file, position)
    if (ours) return ours
    const info = next(file, position, ...args)
    return info && withFormulaType(files, file, position, info)
  },
  getSignatureHelpItems: (files, next, file, position, ...args) =>
    operationSignature(files, file, position) ?? next(file, position, ...args),
  getCompletionsAtPosition: (files, next, file, position, ...args) =>
    completionsAt(files, file, position, () => next(file, position, ...args)),
  getCompletionEntryDetails: (files, next, file, position, name, ...args) =>
    detailsAt(files, file, position, name) ?? next(file, position, name, ...args),
  getEncodedSemanticClassifications(files, next, file, ...args) {
    const found = next(file, ...args)
    const mapping = files.mappingOf(file)
    return mapping ? { ...found, spans: withinWritten(found.spans, mapping) } : found
  },
  // A virtual text is never emitted: the build puts artifacts in, tsserver cannot.
  getEmitOutput: (files, next, file, ...args) => (files.mappingOf(file) ? { outputFiles: [], emitSkipped: true } : next(file, ...args)),
}

/** Their answers hold trees, or are no places of a text. */
const untouched: readonly Name[] = [
  "cleanupSemanticCache",
  "clearSourceMapperCache" as Name,
  "dispose",
  "getCompilerOptionsDiagnostics",
  "getCompletionEntrySymbol",
  "getCurrentProgram" as Name,
  "getNonBoundSourceFile" as Name,
  "getProgram",
  "getSourceMapper" as Name,
  "toLineColumnOffset",
]

function create(ts: Compiler, { languageService: service, languageServiceHost: host }: ts.server.PluginCreateInfo): Service {
  const snapshots = decorate(ts, host)
  const files = filesOf(ts, service, snapshots)
  const plain = syntacticService(ts, host, snapshots)
  const wrap = (name: Name): Method => {
    const original = (service[name] as Method).bind(service)
    if (untouched.includes(name)) return original
    if (syntactic.includes(name))
      return (...args) =>
        guarded(
          () => (plain[name] as Method)(...args),
          () => original(...args),
        )
    const asked: Method = (file, position, ...args) => {
      const at = typeof position === "number" && aboutNames.includes(name) ? files.mappingOf(file)?.toVirtual(position) : undefined
      return toUser(original(file, at ?? position, ...args), typeof file === "string" ? file : "", files.mappingOf)
    }
    const override = overrides[name]
    const answer: Method = override ? (...args) => override(files, name.endsWith("Diagnostics") ? original : asked, ...args) : asked
    return (...args) =>
      guarded(
        () => answer(...args),
        () => original(...args),
      )
  }
  const names = Object.keys(service).filter((name) => typeof service[name as Name] === "function") as Name[]
  return { ...service, ...Object.fromEntries(names.map((name) => [name, wrap(name)])) }
}

/** A service that reads one file at a time, as it was written. */
function syntacticService(ts: Compiler, host: ts.LanguageServiceHost, { written }: Snapshots): Service {
  const plain: ts.LanguageServiceHost = {
    getCompilationSettings: () => host.getCompilationSettings(),
    getScriptFileNames: () => host.getScriptFileNames(),
    getScriptVersion: (file) => host.getScriptVersion(file),
    getScriptSnapshot: written,
    getScriptKind: (file) => host.getScriptKind?.(file) ?? ts.ScriptKind.Unknown,
    getCurrentDirectory: () => host.getCurrentDirectory(),
    getDefaultLibFileName: (options) => host.getDefaultLibFileName(options),
    getNewLine: () => host.getNewLine?.() ?? "\n",
    fileExists: (file) => host.fileExists(file),
    readFile: (file, encoding) => host.readFile(file, encoding),
    useCaseSensitiveFileNames: () => host.useCaseSensitiveFileNames?.() ?? true,
  }
  return ts.createLanguageService(plain, undefined, ts.LanguageServiceMode.Syntactic)
}

/** A fault of ours must not take TypeScript's own answer away; that nobody waits for an answer any more is no fault. */
function guarded<T>(ours: () => T, theirs: () => T): T {
  try {
    return ours()
  } catch {
    return theirs()
  }
}

/**
 * A plugin of tsserver, for TypeScript 5.9 and 6. One line of tsconfig.json, under `compilerOptions.plugins`, sets it up:
 * `{ "name": "tskeops/language-service" }`.
 */
export default function plugin({ typescript }: { readonly typescript: Compiler }): ts.server.PluginModule {
  return { create: (info) => create(typescript, info) }
}
