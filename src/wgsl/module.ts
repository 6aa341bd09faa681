// What the parts of a WGSL module's text are made of. It does nothing.
import type { Schedule } from "../ir/statement.ts"
import type { Frame } from "./layout.ts"
import type { FamilyText } from "./reducers/reducer.ts"
import type { Scope } from "./statements.ts"

export interface Module {
  readonly schedule: Schedule
  readonly shape: Frame
  readonly family: FamilyText
  /** Where statements are written: a suffix for each column that is handled at once, and how column variables are read. */
  readonly scope: (units: readonly string[], column: Scope["column"]) => Scope
}
