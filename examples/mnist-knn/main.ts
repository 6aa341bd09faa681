// Reads handwritten digits by looking for the five that resemble them most, among all training pictures, in 784 dimensions.
import { parseArgs } from "node:util"
import { timed } from "../timing.ts"
import { k, nearest, vote } from "./classify.ts"
import { digits } from "./digits.ts"
import { beside, picture } from "./picture.ts"

const { values } = parseArgs({
  options: {
    full: { type: "boolean", default: false },
    test: { type: "string" },
    train: { type: "string" },
    backend: { type: "string", default: "auto" },
    help: { type: "boolean", default: false },
  },
})

if (values.help) {
  console.log(`Handwritten digits by their five nearest neighbours.

  --full           all 10,000 test digits against all 60,000 training digits: the default, a minute or so on one core without a GPU
  --test N         only the first N test digits
  --train N        only the first N training digits
  --backend NAME   auto, webgpu or wasm (auto)`)
  process.exit()
}

const test = digits("t10k", values.full ? Number.POSITIVE_INFINITY : Number(values.test ?? 10_000))
const train = digits("train", values.full ? Number.POSITIVE_INFINITY : Number(values.train ?? 60_000))
console.log(`MNIST: ${test.count.toLocaleString("en")} digits, each against ${train.count.toLocaleString("en")}, D = 784, K = ${k}\n`)

const { result } = await timed("nearest digits", test.count * train.count, (onProgress) =>
  nearest.with({ backend: values.backend as "auto" | "wasm" | "webgpu", onProgress })(test.images, train.images),
)
const neighbours = (at: number) => result.data.subarray(at * k, at * k + k)
const guesses = Array.from(test.labels, (_, at) => vote(neighbours(at), train.labels))
const mistakes = guesses.flatMap((guess, at) => (guess === test.labels[at] ? [] : [at]))
const right = test.count - mistakes.length
console.log(
  `\nAccuracy: ${((100 * right) / test.count).toFixed(2)} % (${right.toLocaleString("en")} of ${test.count.toLocaleString("en")} right)\n`,
)

for (const at of mistakes.slice(0, 3)) {
  const asked = { caption: `a ${test.labels[at]}, taken for a ${guesses[at]}`, lines: picture(test.images, at) }
  const found = Array.from(neighbours(at).subarray(0, 3), (index) => ({
    caption: `near: a ${train.labels[index]}`,
    lines: picture(train.images, index),
  }))
  console.log(`${beside([asked, ...found])}\n`)
}
