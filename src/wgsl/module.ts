// The data that the writers of a WGSL module share. Types only.
import type { Schedule } from "../ir/statement.ts"
import type { Layout } from "./layout.ts"
import type { ReducerText } from "./reducers/reducer.ts"
import type { WriteContext } from "./statements.ts"

export interface Module {
  readonly schedule: Schedule
  readonly layout: Layout
  readonly reducer: ReducerText
  /** The context in which statements are written: a suffix for each column that is handled at once, and how column variables are read. */
  readonly contextFor: (units: readonly string[], column: WriteContext["column"]) => WriteContext
}
