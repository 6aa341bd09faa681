// 30 charges, of both signs, at places from 0 to 1.
export const places = Float32Array.from({ length: 60 }, (_, n) => 0.5 + 0.45 * Math.sin(500 * (n + 1) ** 2))
export const charges = Float32Array.from({ length: 30 }, (_, n) => (n % 2 === 0 ? 1 : -1))
