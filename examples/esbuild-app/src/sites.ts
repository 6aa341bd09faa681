// 40 sites, from 0 to 1, and a colour for each.
export const sites = Float32Array.from({ length: 80 }, (_, n) => 0.5 + 0.5 * Math.sin(1000 * (n + 1) ** 2))

export const colours = Array.from({ length: 40 }, (_, n) => [0, 2, 4].map((phase) => Math.round(140 + 110 * Math.sin(n + phase))))
