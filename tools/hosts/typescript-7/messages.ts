// The sentences of the host of TypeScript 7: where it cannot start.

export function noTypeScript(folder: string): string {
  return `TypeScript is not installed in ${folder}, so that formulas cannot be typed; install it: npm install --save-dev typescript`
}

export function noApi(version: string, folder: string): string {
  return (
    `TypeScript ${version} of ${folder} has no API that tskeops can ask ("typescript/sync", or "typescript/unstable/sync" in 7.0); ` +
    "install TypeScript 7: npm install --save-dev typescript@7"
  )
}

export function noProject(config: string): string {
  return `${config} cannot be opened as a project; give the path of a tsconfig.json`
}
