// The sentences of the host of TypeScript 7: where it cannot start.

export function noApi(version: string): string {
  return (
    `TypeScript ${version} has no API that tskeops can ask ("typescript/sync", or "typescript/unstable/sync" in 7.0); ` +
    "install another: npm install --save-dev typescript@7"
  )
}

export function noProject(config: string): string {
  return `TypeScript cannot open the project ${config}; give the path of a tsconfig.json, or of its folder`
}
