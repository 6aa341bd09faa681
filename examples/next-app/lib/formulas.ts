// The field of charges: one formula, for the server and for the page.
import { keops, Pm, Vi, Vj } from "tskeops"

const x = Vi("x", 2)
const y = Vj("y", 2)
const charge = Vj("charge", 1)
const g = Pm("g", 1)

export const field = keops`Exp(-$<g> * SqDist($<x>, $<y>)) * $<charge>`.sum()
