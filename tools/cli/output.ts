// Where commands write, and what their exit codes mean.

export interface Output {
  /** A text without its last line break. */
  out(text: string): void
  err(text: string): void
}

export const terminal: Output = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
}

/** `failed`: there is a mistake in the project or the formula. `refused`: the command could not run. */
export const exit = { fine: 0, failed: 1, refused: 2 } as const

/** What ends a command with a sentence and the exit code 2. */
export class Refusal extends Error {}
