// Texts that are too long for the types, which count on the recursion that TypeScript allows: what they cannot judge, they leave to the build and
// to the run-time parser. A pattern that repeats one character is compared without instantiating anything; counts are measured (test/types/long).

type By10<s extends string> = `${s}${s}${s}${s}${s}${s}${s}${s}${s}${s}`
type By12<s extends string> = `${By10<s>}${s}${s}`
/** Texts in which a character occurs so many times. */
type Has100<c extends string> = By10<By10<`${string}${c}`>>
type Has120<c extends string> = By12<By10<`${string}${c}`>>
type Has<hundreds extends string> = `${hundreds}${string}`

/** Beyond what the fast path accepts. */
export type TooLongForFast =
  | Has<`${Has100<"(">}${Has100<"(">}${Has100<"(">}`>
  | Has<Eight<"*">>
  | Has<Eight<"/">>
  | Has<Eight<"+">>
  | Has<Eight<"-">>
  | Has<Eight<",">>
  | Has<Eight<"|">>
type Four<c extends string> = `${Has100<c>}${Has100<c>}${Has100<c>}${Has100<c>}`
type Eight<c extends string> = `${Four<c>}${Four<c>}`
/** Beyond what the parser's twin accepts, character by character: roughly, because each counts differently. */
export type TooLongForParse =
  | TooLongForFast
  | Has<Has120<"+">>
  | Has<Has120<"*">>
  | Has<Has120<"-">>
  | Has<Has120<"/">>
  | Has<Has120<",">>
  | Has<Has120<"(">>
  | Has<`${Has120<" ">}${Has120<" ">}`>
