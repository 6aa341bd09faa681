// The public face: the only barrel of the package.
export type { Formula, Variable } from "./keops/formula.ts"
export { genericSum } from "./keops/generic.ts"
export { genred } from "./keops/genred.ts"
export { keops } from "./keops/keops.ts"
export type { MatrixArg } from "./keops/matrices.ts"
export type { Reduction, Signature } from "./keops/reduction.ts"
export { Pm, Vi, Vj } from "./keops/variables.ts"
