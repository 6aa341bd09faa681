// The sentences of hosts: where a project cannot be opened.

export function noTypeScript(folder: string): string {
  return `tskeops needs TypeScript to read the types of formulas, and finds none from ${folder}; install it: npm install --save-dev typescript`
}

export function oldTypeScript(version: string): string {
  return `tskeops works with TypeScript 5.9, 6 and 7, not with ${version}; install one of them: npm install --save-dev typescript`
}
