// What the ESLint rule says of itself. What it says of formulas are the sentences of the build.

const near = (projects: readonly string[]) =>
  projects.length === 0 ? "there is no tsconfig.json above it" : `not in ${projects.join(", ")}`

export function inNoProject(projects: readonly string[]): string {
  return `this file is in no project of TypeScript (${near(projects)}), so that its formulas are not checked here; add it to "include" of a tsconfig.json, or name its project in the option "project" of tskeops/formulas`
}

export function notOpened(project: string, reason: string): string {
  return `the formulas of this file are not checked, because ${project} cannot be opened: ${reason}`
}

export const noSuchFile = "there is no such file"
