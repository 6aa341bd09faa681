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

export function noFolder(path: string): string {
  return `there is no folder ${path}`
}

/** The lines that mend what the doctor finds. */
export const remedies = {
  node: () => "install Node 20.19 or later: https://nodejs.org",
  install: (name: string) => `npm install ${name}`,
  installDev: (name: string) => `npm install --save-dev ${name}`,
  run: () => "run the project's own: npx tskeops doctor",
  init: () => "npx tskeops init",
  withoutPatch: () => "npm uninstall ts-patch, and build with `tskeops build`: TypeScript 7 cannot be patched",
  adapter: () => "runs use the CPU until the driver works; on Linux try `vulkaninfo`, which the package vulkan-tools has",
}

export function noPackage(folder: string): string {
  return `there is no package.json in ${folder}; run \`npm init\`, or name the folder of the project`
}

export function nobodyToAsk(): string {
  return "the input is no terminal, so that nobody can be asked; add --yes to write, or --dry-run to see"
}

export function written(file: string): string {
  return `wrote ${file}`
}

export function nothingWritten(): string {
  return "nothing was written"
}

export function allDone(): string {
  return "everything is set up"
}

/** Before lines that users write themselves. */
export function byHand(file: string, why: string): string {
  return `${file}: ${why}; add these lines`
}

export const why = {
  shape: "its shape is not recognised",
  missing: "there is no configuration",
  noCall: "its command line accepts no plugins, so that a script must call its function `build`",
}
