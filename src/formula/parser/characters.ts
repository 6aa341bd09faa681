// Letters, names and spaces, in types alone: at run time regular expressions and `trim` do this.
export type Space = " " | "\n" | "\t" | "\r"
type Lower =
  | "a"
  | "b"
  | "c"
  | "d"
  | "e"
  | "f"
  | "g"
  | "h"
  | "i"
  | "j"
  | "k"
  | "l"
  | "m"
  | "n"
  | "o"
  | "p"
  | "q"
  | "r"
  | "s"
  | "t"
  | "u"
  | "v"
  | "w"
  | "x"
  | "y"
  | "z"
export type Letter = Lower | Uppercase<Lower> | "_"
export type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9"

export type TrimStart<s extends string> = s extends `${Space}${infer rest}` ? TrimStart<rest> : s
export type TrimEnd<s extends string> = s extends `${infer rest}${Space}` ? TrimEnd<rest> : s
/** Guarded, because nearly all texts need no trimming. */
export type Trim<s extends string> = s extends `${Space}${string}` | `${string}${Space}` ? TrimEnd<TrimStart<s>> : s

/** Letters, digits and _, not beginning with a digit. */
export type IsName<s> = s extends `${Letter}${infer rest}` ? (rest extends "" ? true : IsTail<rest>) : false
// What walks over characters takes many at a time from long texts: TypeScript ends a recursion after 1,000 steps.
type IsTail<s> = s extends ""
  ? true
  : s extends `${infer a}${infer b}${infer c}${infer d}${infer e}${infer f}${infer g}${infer h}${infer i}${infer j}${infer k}${infer l}${infer m}${infer n}${infer o}${infer p}${infer rest}`
    ? [a | b | c | d | e | f | g | h | i | j | k | l | m | n | o | p] extends [Letter | Digit]
      ? IsTail<rest>
      : false
    : IsShortTail<s>
type IsShortTail<s> = s extends "" ? true : s extends `${Letter | Digit}${infer rest}` ? IsShortTail<rest> : false

/** The letters, digits and _ after `word`, and what follows them. */
export type Word<
  s,
  word extends string,
> = s extends `${infer a}${infer b}${infer c}${infer d}${infer e}${infer f}${infer g}${infer h}${infer i}${infer j}${infer k}${infer l}${infer m}${infer n}${infer o}${infer p}${infer rest}`
  ? [a | b | c | d | e | f | g | h | i | j | k | l | m | n | o | p] extends [Letter | Digit]
    ? Word<rest, `${word}${a}${b}${c}${d}${e}${f}${g}${h}${i}${j}${k}${l}${m}${n}${o}${p}`>
    : ShortWord<s, word>
  : ShortWord<s, word>
type ShortWord<s, word extends string> = s extends `${infer c}${infer rest}`
  ? c extends Letter | Digit
    ? ShortWord<rest, `${word}${c}`>
    : [word, s]
  : [word, s]
