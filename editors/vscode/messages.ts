// What the extension tells its user.

export const notInstalled = (folder: string) =>
  `${folder} has no package "tskeops" with a language server; install it there (npm install tskeops), or set "tskeops.lsp" to "auto"`

export const noTypeScript = (folder: string) =>
  `${folder} has no package "typescript", which tskeops's language server needs; install it there (npm install --save-dev typescript), or set "tskeops.lsp" to "auto"`

export const notForServer = (folder: string, version: string) =>
  `${folder} has TypeScript ${version}, and tskeops's language server needs 7; write { "name": "tskeops/language-service" } in "plugins" of tsconfig.json instead, and set "tskeops.lsp" to "auto"`

export const beside = (others: readonly string[]) =>
  `Both tskeops's language server and ${others.join(" and ")} answer in this workspace, so that answers come twice, and the others know no formula: disable ${others.length === 1 ? "that extension" : "those extensions"} for this workspace, or set "tskeops.lsp" to "off".`

export const failed = (folder: string, reason: string) =>
  `tskeops's language server did not start in ${folder}: ${reason}; the output "TSKeOps" has more, and "npx tskeops doctor" says what is missing`

export const showExtensions = "Show Extensions"
export const keepBoth = "Keep Both"
