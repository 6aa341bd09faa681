// `import "tskeops/jit"` brings the compiler along: formulas run without the transformer, compiled at their first call.
// For the REPL, notebooks, and dimensions that are known at run time only.

import { compileGradient } from "../compiler/compile-gradient.ts"
import { compileReduction } from "../compiler/compile-reduction.ts"
import { measure } from "../formula/dimensions/reduction.ts"
import { setCompiler } from "../keops/compiler.ts"

setCompiler(compileReduction, measure, compileGradient)
