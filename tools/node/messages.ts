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

/** What Node cannot read; and what tsx reads, it hands over without types. */
export function inJsx(file: string): string {
  return `${file} makes formulas, and tskeops/node compiles none in files with JSX: move them into a .ts file, and import what it exports`
}
