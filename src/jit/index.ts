// `import "tskeops/jit"` brings the compiler along: formulas run without the transformer, compiled at their first call.
// For the REPL, notebooks, and dimensions that are known at run time only.
import { measure } from "../formula/reduced.ts"
import { setCompiler } from "../keops/compiler.ts"
import { compile } from "../kernel/compile.ts"
import { differentiate } from "../kernel/differentiate.ts"

setCompiler(compile, measure, differentiate)
