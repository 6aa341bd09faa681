// 2,000 points along a spiral, from 0 to 1.
export const points = Float32Array.from({ length: 4000 }, (_, n) => {
  const turn = (n >> 1) / 100
  const noise = 0.04 * Math.sin((n >> 1) ** 2)
  return 0.5 + (0.02 * turn + noise) * (n % 2 === 0 ? Math.cos(turn) : Math.sin(turn))
})
