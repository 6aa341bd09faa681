// The three reductions over all pairs of cities. The build turns each into kernels; nothing here is parsed at run time.
import { keops, Pm, Vi, Vj } from "tskeops"

/** Unit vectors: `x` are the places that we ask about, `y` the cities. */
const x = Vi("x", 3)
const y = Vj("y", 3)
/** People who live in city j, and the logarithm of their number. */
const people = Vj("people", 1)
const logPeople = Vj("logPeople", 1)
/** R² / 2σ², for a Gaussian of standard deviation σ on a sphere of radius R: |x - y| R is the chord, as good as the great circle where the Gaussian is not 0. */
const g = Pm("g", 1)

/** The six nearest cities to x: when x is a city itself, five others and itself. */
export const nearest = keops`SqDist($<x>, $<y>)`.argKMin(6)

/** People around x, each place's spread by a Gaussian. */
export const density = keops`Exp(-$<g> * SqDist($<x>, $<y>)) * $<people>`.sum()

/** The logarithm of the same sum, exact where the sum itself would vanish: what a mixture of Gaussians gives as log-likelihood. */
export const logLikelihood = keops`$<logPeople> - $<g> * SqDist($<x>, $<y>)`.logSumExp()
