// `Vi`, `Vj`, `Pm`: the variables of formulas.
import type { Variable } from "./formula.ts"

export declare function Vi<const N extends string, const D extends number>(name: N, dim: D): Variable<N, "Vi", D>
export declare function Vj<const N extends string, const D extends number>(name: N, dim: D): Variable<N, "Vj", D>
export declare function Pm<const N extends string, const D extends number>(name: N, dim: D): Variable<N, "Pm", D>
