// `node --import tskeops/node app.ts`: formulas are compiled while Node loads the modules that hold them. Node itself takes the types out.
import module from "node:module"
import { createLoad, type Load } from "./load.ts"
import { nodeTooOld, notNode } from "./messages.ts"

/** What newer Nodes have. */
interface Hooks {
  registerHooks?(hooks: { readonly load: Load }): void
  stripTypeScriptTypes?(text: string): string
  setSourceMapsSupport?(enabled: boolean, options: { readonly nodeModules: boolean; readonly generatedCode: boolean }): void
}

const hooks = module as unknown as Hooks
if (process.versions.bun !== undefined) throw new Error(notNode())
if (hooks.registerHooks === undefined) throw new Error(nodeTooOld(process.version))
// Errors then have the lines that were written: a tag of several lines becomes a call of one.
hooks.setSourceMapsSupport?.(true, { nodeModules: false, generatedCode: false })
hooks.registerHooks({ load: createLoad(process.cwd(), (text) => hooks.stripTypeScriptTypes?.(text) ?? text) })
