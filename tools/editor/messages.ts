// The sentences of the language server.

export function needsTypeScript7(folder: string, found: string | undefined): string {
  const what = found === undefined ? "there is none" : `there is ${found}, for which tsserver has the plugin "tskeops/language-service"`
  return `tskeops lsp stands before the language server of TypeScript 7; in ${folder} ${what}. Install it: npm install --save-dev typescript@7`
}

export function projectNotOpened(why: string): string {
  return `tskeops: the formulas of a project are left to TypeScript, because it cannot be opened: ${why}`
}
