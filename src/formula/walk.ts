// The walk that all stages share: with a stack of its own, because formulas may be deeper than the engine's.

/**
 * What can be reached from `root`, each once, operands before the nodes that have them (in the order in which a recursion would finish them). What
 * `known` says yes to is left out, with what only it leads to.
 */
export function operandsFirst<T>(root: T, operands: (of: T) => readonly T[], known: (one: T) => boolean = () => false): readonly T[] {
  const order: T[] = []
  const finished = new Map<T, boolean>()
  const open = [root]
  while (open.length > 0) {
    const one = open.at(-1)!
    const state = finished.get(one)
    if (state === undefined && !known(one)) {
      finished.set(one, false)
      const below = operands(one)
      for (let n = below.length - 1; n >= 0; n--) if (!finished.has(below[n]!)) open.push(below[n]!)
    } else {
      open.pop()
      if (state !== false) continue
      finished.set(one, true)
      order.push(one)
    }
  }
  return order
}
