// Aliases: "x = Vi(3)".
export type Declared<d> = d extends `${infer n} = ${infer c}(${infer dim})` ? [n, c, dim] : d
