// Sentences about what is more than formulas and kernels may be. The numbers are those of src/formula/limits.ts.

export type TooWide<most extends number> = `the result has more than ${most} components; no vector may have more`
export function TooWide(most: number): TooWide<number> {
  return `the result has more than ${most} components; no vector may have more`
}

export type LargeInteger<place extends string, most extends number> = `argument ${place} must be an integer from -${most} to ${most}`
export function LargeInteger(place: number, most: number): LargeInteger<`${number}`, number> {
  return `argument ${place} must be an integer from -${most} to ${most}`
}

export function TooLong(most: number): string {
  return `the formula has more than ${most} characters; write it shorter, or sum the results of several formulas`
}

export function TooDeep(most: number): string {
  return `more than ${most} operations are nested here; write the formula flatter, or in several formulas`
}

export function TooManyOperations(most: number): string {
  return `the formula grows beyond ${most} operations when it is compiled; take lower orders, fewer terms, or several formulas`
}

export function TooManyCells(size: number, most: number): string {
  return `the formula keeps a table of ${size} numbers for each pair of rows; at most ${most} are possible: take smaller dimensions`
}

export function TooMuchWork(work: number, most: number): string {
  return `the formula needs ${work} operations for one pair of rows; at most ${most} are possible: take smaller dimensions`
}

export function TooMuchMemory(bytes: number, most: number): string {
  return `a few rows of the formula need ${Math.ceil(bytes / 1048576)} MiB; at most ${most / 1048576} are possible: take smaller dimensions, or a smaller K`
}

export function TooManyRegisters(most: number): string {
  return `the formula keeps more than ${most} numbers at once; read fewer variables and components in one formula`
}

export function NoModule(): string {
  return "the formula makes a kernel that WebAssembly does not accept; write it in several formulas"
}

export function TooManyVariables(count: number, most: number): string {
  return `${count} variables are too many; at most ${most} are possible: put several into one, as its components`
}

export function TooManyEntries(k: number, dim: number, most: number): string {
  return `K = ${k} entries of ${dim} numbers are more than the ${most} numbers that a row of output may have`
}
