// The sentences of the command line. Those of formulas are in src/messages, those of TypeScript come from it.

export function noProject(path: string): string {
  return `there is no ${path}; name a folder, or its tsconfig.json`
}

export function noConfig(path: string): string {
  return `there is no ${path}, which says what to build; \`npx tsc --init\` writes one`
}

export function notEmitted(config: string): string {
  return `${config} has "noEmit": true, so that nothing was written; take it out, or use \`tskeops check\``
}

export function foundErrors(errors: number, at: string): string {
  return `[${at}] ${errors === 0 ? "no errors" : errors === 1 ? "1 error" : `${errors} errors`}; waiting for changes`
}

export function unknownReduction(name: string, near: string, all: readonly string[]): string {
  return `there is no reduction ${name}; ${near === "" ? `it is one of ${all.join(", ")}` : `did you mean ${near}?`}`
}

export function unknownAxis(axis: string): string {
  return `--over is "i" or "j", got "${axis}"`
}

export function notACount(text: string): string {
  return `--k is an integer from 1 on, got "${text}"`
}

export function needsCount(reduction: string): string {
  return `${reduction} returns the K best: add --k and their number`
}
