// k-nearest-neighbour classification: one arg-k-min over all pairs of pictures, then a vote.
import { genericArgKMin } from "tskeops"

/** How many neighbours vote: the dimension of the output below. */
export const k = 5

/** The five training pictures with the smallest squared distance to each test picture. */
export const nearest = genericArgKMin("SqDist(x, y)", "a = Vi(5)", "x = Vi(784)", "y = Vj(784)")

/** The label that most of the neighbours have; of equals the one whose neighbour is nearest. */
export function vote(neighbours: ArrayLike<number>, labels: Uint8Array): number {
  const votes = new Uint8Array(10)
  for (const index of Array.from(neighbours)) votes[labels[index]!]!++
  const most = Math.max(...votes)
  return labels[Array.from(neighbours).find((index) => votes[labels[index]!] === most)!]!
}
