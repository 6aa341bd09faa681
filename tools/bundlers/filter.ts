// Which modules a plugin looks at. Bundlers evaluate the patterns themselves, in native code where they can: a module that they leave out costs nothing.
import { method, reductions } from "../../src/reductions/reductions.ts"
import { PREFIX } from "../../transformer/artifact-name.ts"

/** The methods that make a reduction of a formula, or a gradient of a reduction. */
const methods = [...Object.keys(reductions).map(method), "grad", "valueAndGrad"].join("|")

/** Modules of TypeScript and JavaScript, of workers in Vite's dev server too. Other queries ask for something else than the module: `?raw`. */
export const scripts = /\.[cm]?[jt]sx?(?:\?worker_file\b.*)?$/
/** Files of frameworks that hold a script among other things. */
export const components = /\.(?:vue|svelte|astro)$/
/** Packages: their formulas were compiled before they were published. A virtual module begins with a zero. */
export const foreign = /[\\/]node_modules[\\/]|^\0/
/** A module that names tskeops, or calls a method of the name of a reduction: the formula may come from another module. */
export const words = new RegExp(`keops|(?:\\.|\\[\\s*["'\`])\\s*(?:${methods})\\b`)

const methodCall = new RegExp(words.source.replace("keops|", ""))
/** Whether a module that does not name tskeops calls such a method, not counting those of `Math`. */
export const mayReduce = (code: string): boolean => methodCall.test(code.replaceAll(/\bMath\s*\.\s*m(?:in|ax)\b/g, ""))

/** Whether a module imports from tskeops what makes formulas, and leaves them to be compiled. */
export const makesFormulas = (code: string): boolean =>
  !code.includes(PREFIX) &&
  /\bfrom\s*["']tskeops["']/.test(code) &&
  /\b(?:keops|genred|generic[A-Z]\w*)\b/.test(code.replaceAll(/\btskeops\b/g, "")) &&
  !code.includes("tskeops/jit")
