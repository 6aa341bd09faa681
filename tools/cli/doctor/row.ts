// One line of the doctor's report.

export interface Row {
  readonly name: string
  /** `note`: something works with less. `broken`: formulas do not compile, or do not run. */
  readonly state: "fine" | "note" | "broken"
  readonly found: string
  /** What to do, as a line to type or to write. */
  readonly remedy?: string
}
