// Runs one reduction with a progress bar, and tells the time it took and the pairs of rows that it went through each second.
import { type Options, SingleBar } from "cli-progress"

const style: Options = {
  format: "  {name} {bar} {percentage} % | {duration_formatted}",
  barCompleteChar: "█",
  barIncompleteChar: "░",
  hideCursor: true,
  stopOnComplete: true,
  clearOnComplete: true,
}

export interface Timing {
  readonly name: string
  readonly pairs: number
  readonly seconds: number
}

export interface Timed<Result> extends Timing {
  readonly result: Result
}

/** `work` is given a function to call with the share done, from 0 to 1. The bar is drawn on terminals only. */
export async function timed<Result>(
  name: string,
  pairs: number,
  work: (onProgress: (done: number) => void) => Promise<Result>,
): Promise<Timed<Result>> {
  const bar = new SingleBar(style)
  bar.start(1, 0, { name: name.padEnd(22) })
  const started = performance.now()
  try {
    const result = await work((done) => bar.update(done))
    const seconds = (performance.now() - started) / 1000
    bar.stop()
    console.log(`  ${describe({ name, pairs, seconds })}`)
    return { name, pairs, seconds, result }
  } finally {
    bar.stop()
  }
}

function describe({ name, pairs, seconds }: Timing): string {
  const rate = pairs / seconds / 1e9
  return `${name.padEnd(22)} ${pairs.toExponential(2).padStart(9)} pairs ${seconds.toFixed(1).padStart(7)} s ${rate.toFixed(2).padStart(7)} billion pairs/s`
}
