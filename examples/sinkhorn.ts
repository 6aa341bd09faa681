// Optimal transport by Sinkhorn's algorithm: two log-sum-exps, one after the other, each of which reads what the other returned.
// On a GPU the two vectors stay there; only the last reduction is read back.
import { backendInfo, keops, Pm, Vi, Vj } from "tskeops"

const x = Vi("x", 2)
const y = Vj("y", 2)
const u = Vi("u", 1)
const v = Vj("v", 1)
const eps = Pm("eps", 1)
const cost = keops`SqDist($<x>, $<y>)`
const stays = (await backendInfo()).backend === "webgpu" ? "device" : "host"
const rows = keops`-${cost} / $<eps> - $<v>`.logSumExp().with({ output: stays })
const columns = keops`-${cost} / $<eps> - $<u>`.logSumExp({ over: "i" }).with({ output: stays })
const moved = keops`Exp(-${cost} / $<eps> - $<u> - $<v>) * Concat(1, ${cost})`.sum()

const N = 1000
const from = Float32Array.from({ length: 2 * N }, (_, n) => Math.sin(n * n))
const data = { x: from, y: from.map((at, n) => at + [2, 1][n % 2]!), eps: 0.5 }

let b = await columns({ ...data, u: new Float32Array(N) })
let a = await rows({ ...data, v: b })
for (let step = 0; step < 100; step++) {
  b = await columns({ ...data, u: a })
  a = await rows({ ...data, v: b })
}
const { data: sums } = await moved({ ...data, u: a, v: b })
const mean = (k: number) => sums.reduce((total, each, n) => (n % 2 === k ? total + each / N : total), 0)
console.log(`mass moved ${mean(0).toFixed(2)}, mean squared distance ${mean(1).toFixed(2)}`)
