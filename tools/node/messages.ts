// The sentences of `node --import tskeops/node`.

export function nodeTooOld(version: string): string {
  return (
    `tskeops/node needs Node 22.15 or later (module.registerHooks), and this is ${version}: use a newer Node; ` +
    'or compile with "tskeops build" and run the JavaScript; or import "tskeops/jit" instead'
  )
}

export function notNode(): string {
  return 'tskeops/node is for Node, tsx and Deno; Bun takes its own plugin: "bun --preload tskeops/bun"'
}

/** A file with formulas whose types nobody knows. */
export function inNoProject(file: string, project: string): string {
  return `${file} has formulas that stay uncompiled, because ${project} does not include the file: add it to "include" there`
}
