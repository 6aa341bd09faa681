// The extension: starts `tskeops lsp` in each folder of the workspace that needs it. The colours of formulas need no code, only the grammars.
import * as vscode from "vscode"
import { LanguageClient, Trace, TransportKind } from "vscode-languageclient/node"
import * as say from "./messages.ts"
import { installed, planFor, type Setting } from "./server.ts"

const languages = ["typescript", "typescriptreact", "javascript", "javascriptreact"]
/** VS Code's own servers of TypeScript: which runs is a setting of VS Code, and one of them does where it is not disabled. */
const others = ["vscode.typescript-language-features", "TypeScriptTeam.native-preview"]

const clients = new Map<string, LanguageClient>()
let output: vscode.LogOutputChannel | undefined

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  output = vscode.window.createOutputChannel("TSKeOps", { log: true })
  // One after the other, so that no two changes start the same server.
  let last: Promise<void> = Promise.resolve()
  const soon = (task: () => Promise<void>) => {
    last = last.then(task).catch((error) => output?.error(String(error)))
    return last
  }
  const update = () => soon(() => startAll(context))
  context.subscriptions.push(
    output,
    vscode.commands.registerCommand("tskeops.restart", () => soon(stopAll).then(update)),
    vscode.workspace.onDidGrantWorkspaceTrust(update),
    vscode.workspace.onDidChangeWorkspaceFolders(update),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration("tskeops.lsp")) void update()
      if (change.affectsConfiguration("tskeops.trace")) for (const client of clients.values()) void trace(client)
    }),
  )
  await update()
}

export async function deactivate(): Promise<void> {
  await stopAll()
}

/** Starts the servers that are wanted, and stops the others. */
async function startAll(context: vscode.ExtensionContext): Promise<void> {
  const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : []
  const wanted = new Map(folders.filter(({ uri }) => uri.scheme === "file").map((folder) => [folder.uri.toString(), folder]))
  for (const key of [...clients.keys()]) if (!wanted.has(key)) await stop(key)
  for (const [key, folder] of wanted) {
    const path = folder.uri.fsPath
    const setting = vscode.workspace.getConfiguration("tskeops", folder.uri).get<Setting>("lsp", "auto")
    const { run, problem } = planFor(path, setting, installed(path))
    if (problem !== undefined) void vscode.window.showWarningMessage(problem)
    if (run === undefined) await stop(key)
    else if (!clients.has(key)) await start(key, folder, run, context)
  }
}

async function start(key: string, folder: vscode.WorkspaceFolder, module: string, context: vscode.ExtensionContext): Promise<void> {
  const server = { module, args: ["lsp"], transport: TransportKind.stdio, options: { cwd: folder.uri.fsPath } }
  const client = new LanguageClient("tskeops", "TSKeOps", server, {
    documentSelector: languages.map((language) => ({
      scheme: "file",
      language,
      pattern: { baseUri: folder.uri.toString(), pattern: "**/*" },
    })),
    workspaceFolder: folder,
    outputChannel: output,
  })
  clients.set(key, client)
  try {
    await client.start()
    await trace(client)
  } catch (error) {
    clients.delete(key)
    void vscode.window.showErrorMessage(say.failed(folder.uri.fsPath, error instanceof Error ? error.message : String(error)))
    return
  }
  void warnOfOthers(context)
}

async function trace(client: LanguageClient): Promise<void> {
  await client.setTrace(Trace.fromString(vscode.workspace.getConfiguration("tskeops").get("trace", "off")))
}

/** Two servers in one file answer twice. Said once in a workspace; what to do about it is the user's choice. */
async function warnOfOthers(context: vscode.ExtensionContext): Promise<void> {
  const found = others.map((id) => vscode.extensions.getExtension(id)).filter((extension) => extension !== undefined)
  if (found.length === 0 || context.workspaceState.get("keepBoth") === true) return
  const names = found.map(({ packageJSON, id }) => `"${packageJSON.displayName?.replace(/^%.*%$/, id) ?? id}"`)
  const answer = await vscode.window.showInformationMessage(say.beside(names), say.showExtensions, say.keepBoth)
  if (answer === say.showExtensions)
    await vscode.commands.executeCommand("workbench.extensions.search", `@id:${found.map(({ id }) => id).join(" @id:")}`)
  if (answer === say.keepBoth) await context.workspaceState.update("keepBoth", true)
}

async function stop(key: string): Promise<void> {
  const client = clients.get(key)
  clients.delete(key)
  await client?.dispose()
}

async function stopAll(): Promise<void> {
  for (const key of [...clients.keys()]) await stop(key)
}
