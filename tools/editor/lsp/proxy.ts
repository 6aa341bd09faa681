// Between an editor and the language server of TypeScript 7: the server is given virtual texts; its answers come back in the places and names that
// the user wrote; what it cannot know of formulas is added. Everything else passes through.

import { tokensWithin, toUser } from "./answers.ts"
import { type Diagnostic, withOurs } from "./diagnostics.ts"
import { edited, type Position } from "./document.ts"
import { completionsAt, hoverAt, isOurs, signatureAt, withFormulaType } from "./formula.ts"
import type { Texts } from "./texts.ts"

// biome-ignore lint/suspicious/noExplicitAny: messages of any method
type Params = any

export interface Message {
  readonly jsonrpc: string
  readonly id?: number | string | null
  readonly method?: string
  readonly params?: Params
  readonly result?: unknown
  readonly error?: unknown
}

export interface Wire {
  toServer(message: Message): void
  toClient(message: Message): void
}

/** Questions about a name, which of a tag's name are asked in the tail. */
const aboutNames = new Set(
  [
    "hover",
    "definition",
    "declaration",
    "typeDefinition",
    "implementation",
    "references",
    "documentHighlight",
    "rename",
    "prepareRename",
    "prepareCallHierarchy",
  ].map((name) => `textDocument/${name}`),
)

export interface Proxy {
  fromClient(message: Message): void
  fromServer(message: Message): void
}

export function createProxy({ toServer, toClient }: Wire, texts: Texts): Proxy {
  /** What is to be done with the answer to a question that was passed on. */
  const pending = new Map<unknown, (result: unknown) => unknown>()
  let isMarkdown = false

  const notifications: Readonly<Record<string, (params: Params) => void>> = {
    "textDocument/didOpen": ({ textDocument: { uri, languageId, version, text } }) => texts.open(uri, languageId, version, text),
    "textDocument/didChange": ({ textDocument: { uri, version }, contentChanges }) =>
      texts.change(uri, version, edited(texts.of(uri)?.written ?? "", contentChanges)),
    "textDocument/didClose": ({ textDocument: { uri } }) => texts.close(uri),
    "textDocument/didSave": ({ textDocument }) => toServer({ jsonrpc: "2.0", method: "textDocument/didSave", params: { textDocument } }),
  }

  const asked = (params: Params) => {
    const uri = params?.textDocument?.uri as string
    const [document, look] = [texts.of(uri), texts.look(uri)]
    return document && look && { look, document, position: params.position as Position, isMarkdown }
  }
  /** Answers of ours; undefined where the server is to be asked. */
  const answers: Readonly<Record<string, (params: Params) => unknown>> = {
    "textDocument/hover": (params) => {
      const known = asked(params)
      return known && hoverAt(known)
    },
    "textDocument/signatureHelp": (params) => {
      const known = asked(params)
      return known && signatureAt(known)
    },
    "textDocument/completion": (params) => {
      const known = asked(params)
      const found = known && completionsAt(known)
      return found?.isAll ? { isIncomplete: false, items: found.items } : undefined
    },
    "completionItem/resolve": (item) => (isOurs(item) ? item : undefined),
  }
  /** What is made of the server's answers. */
  const additions: Readonly<Record<string, (params: Params) => (result: Params) => unknown>> = {
    "textDocument/hover": (params) => {
      const known = asked(params)
      return (result) => (known ? withFormulaType(known, result) : result)
    },
    "textDocument/diagnostic": ({ textDocument: { uri } }) => {
      const problems = texts.problems(uri)
      return (result) => {
        const document = texts.of(uri)
        if (problems === undefined || document === undefined || result?.kind !== "full") return result
        return { kind: "full", items: withOurs(document, problems, result.items) }
      }
    },
    "textDocument/completion": (params) => {
      const known = asked(params)
      const items = (known && completionsAt(known)?.items) ?? []
      const names = new Set(items.map((item) => (item as { readonly label: string }).label))
      return (result) => {
        const theirs = (Array.isArray(result) ? result : (result?.items ?? [])).filter(
          ({ label }: Params) => !names.has(label) && !texts.isVirtual(label),
        )
        return Array.isArray(result) || !result ? [...items, ...theirs] : { ...result, items: [...items, ...theirs] }
      }
    },
  }

  const tokens = (uri: string) => (result: Params) => result && { ...result, data: tokensWithin(result.data ?? [], texts.of(uri)) }

  const ask = (message: Message): void => {
    const { id, method, params } = message as { id: number; method: string; params: Params }
    const ours = answers[method]?.(params)
    if (ours !== undefined) {
      toClient({ jsonrpc: "2.0", id, result: ours })
      return
    }
    const uri: string = params?.textDocument?.uri ?? params?.item?.uri ?? ""
    const add = method.startsWith("textDocument/semanticTokens") ? tokens(uri) : additions[method]?.(params)
    pending.set(id, (result) => {
      const seen = toUser(result, uri, texts.of, method === "textDocument/rename")
      return add ? add(seen) : seen
    })
    toServer({ ...message, ...asServerKnows(method, params) })
  }
  const asServerKnows = (method: string, params: Params): Partial<Message> => {
    if (method === "initialize") {
      isMarkdown = params.capabilities?.textDocument?.hover?.contentFormat?.includes("markdown") ?? false
      // Positions count UTF-16 units, as those of JavaScript do.
      const general = { ...params.capabilities?.general, positionEncodings: ["utf-16"] }
      return { params: { ...params, capabilities: { ...params.capabilities, general } } }
    }
    // Answers are always whole: what the server counts from is not what the client has.
    if (method === "textDocument/semanticTokens/full/delta") return { method: "textDocument/semanticTokens/full" }
    if (method === "textDocument/diagnostic") return { params: { ...params, previousResultId: undefined } }
    const document = aboutNames.has(method) ? texts.of(params.textDocument.uri) : undefined
    if (document?.mapping === undefined) return {}
    const at = document.mapping.toVirtual(document.offsetAt(params.position))
    return { params: { ...params, position: document.positionAt(at) } }
  }

  return {
    fromClient(message) {
      const { id, method, params } = message
      if (method === "workspace/didChangeWatchedFiles") texts.changedOnDisk(params.changes)
      if (method === undefined) toServer(message)
      else if (id !== undefined)
        guarded(
          () => ask(message),
          () => toServer(message),
        )
      else if (notifications[method]) notifications[method](params)
      else toServer(message)
    },
    fromServer(message) {
      const { id, method, params } = message
      if (method === "textDocument/publishDiagnostics") {
        if (!texts.isOpen(params.uri)) return
        const document = texts.of(params.uri)!
        const seen = toUser(params, params.uri, texts.of, false) as { readonly diagnostics: readonly Diagnostic[] }
        const problems = texts.problems(params.uri)
        toClient({ ...message, params: { ...seen, ...(problems && { diagnostics: withOurs(document, problems, seen.diagnostics) }) } })
      } else if (method === "workspace/applyEdit") toClient({ ...message, params: toUser(params, "", texts.of, true) })
      else if (method === undefined && pending.has(id) && "result" in message) {
        const convert = pending.get(id)!
        guarded(
          () => toClient({ ...message, result: convert(message.result) }),
          () => toClient(message),
        )
        pending.delete(id)
      } else {
        if (method === undefined) pending.delete(id)
        toClient(message)
      }
    },
  }
}

/** A fault of ours must not take the server's own answer away. */
function guarded(ours: () => void, theirs: () => void): void {
  try {
    ours()
  } catch {
    theirs()
  }
}
