// The sentences of the plugins: where a build cannot compile the formulas of a file.

export function unknownOption(name: string, known: readonly string[]): string {
  return `tskeops has no option \`${name}\`; its options are ${known.map((each) => `\`${each}\``).join(", ")}`
}

export function notInProject(file: string, configs: readonly string[]): string {
  return `${outside(file, configs)}, name the tsconfig.json that has it by tskeops({ project }), or leave the file out by tskeops({ exclude })`
}

/** Likewise, where no options are given: in Node. */
export function inNoProject(file: string, configs: readonly string[]): string {
  return `${outside(file, configs)}, or import "tskeops/jit" in it`
}

function outside(file: string, configs: readonly string[]): string {
  const where = configs.length > 0 ? configs.join(" and ") : "no tsconfig.json"
  const script = /\.[cm]?jsx?$/.test(file) ? ", with `allowJs`" : ""
  return `${file} makes formulas, but is not in the project of ${where}, which types them: add it to \`include\` there${script}`
}

export function inComponent(file: string): string {
  return `${file} makes formulas, and TypeScript cannot read their types from a component: move them into a .ts file, and import what it exports`
}
