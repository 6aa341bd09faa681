// `node --import tskeops/node app.ts`: formulas are compiled while Node loads the modules that hold them. Node itself takes the types out.
import module from "node:module"
import { createLoad, type Load } from "./load.ts"
import { nodeTooOld, notNode } from "./messages.ts"
import { openProjects } from "./projects.ts"

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
const load = createLoad(openProjects(), {
  // At once: a warning of the process would be lost if the module then throws.
  warn: (sentence) => console.warn(`tskeops: ${sentence}`),
  strip: (text) => hooks.stripTypeScriptTypes?.(text) ?? text,
})
hooks.registerHooks({ load })
