// Arithmetic of natural numbers written as digit strings ("768"), of any size and without leading zeros, in types alone: it has no twin
// because at run time numbers do it. Look-up tables of one digit by one digit; strings run from the last digit on where carries go.

import type * as limits from "../limits.ts"

// Row a + carry, place b: the carry and the digit of a + b + carry.
type Plus0 = ["00", "01", "02", "03", "04", "05", "06", "07", "08", "09"]
type Plus1 = ["01", "02", "03", "04", "05", "06", "07", "08", "09", "10"]
type Plus2 = ["02", "03", "04", "05", "06", "07", "08", "09", "10", "11"]
type Plus3 = ["03", "04", "05", "06", "07", "08", "09", "10", "11", "12"]
type Plus4 = ["04", "05", "06", "07", "08", "09", "10", "11", "12", "13"]
type Plus5 = ["05", "06", "07", "08", "09", "10", "11", "12", "13", "14"]
type Plus6 = ["06", "07", "08", "09", "10", "11", "12", "13", "14", "15"]
type Plus7 = ["07", "08", "09", "10", "11", "12", "13", "14", "15", "16"]
type Plus8 = ["08", "09", "10", "11", "12", "13", "14", "15", "16", "17"]
type Plus9 = ["09", "10", "11", "12", "13", "14", "15", "16", "17", "18"]
type Plus10 = ["10", "11", "12", "13", "14", "15", "16", "17", "18", "19"]
type SumTable = {
  "0": [Plus0, Plus1, Plus2, Plus3, Plus4, Plus5, Plus6, Plus7, Plus8, Plus9]
  "1": [Plus1, Plus2, Plus3, Plus4, Plus5, Plus6, Plus7, Plus8, Plus9, Plus10]
}
// Row a, place b: the two digits of a * b.
type ProductTable = [
  ["00", "00", "00", "00", "00", "00", "00", "00", "00", "00"],
  Plus0,
  ["00", "02", "04", "06", "08", "10", "12", "14", "16", "18"],
  ["00", "03", "06", "09", "12", "15", "18", "21", "24", "27"],
  ["00", "04", "08", "12", "16", "20", "24", "28", "32", "36"],
  ["00", "05", "10", "15", "20", "25", "30", "35", "40", "45"],
  ["00", "06", "12", "18", "24", "30", "36", "42", "48", "54"],
  ["00", "07", "14", "21", "28", "35", "42", "49", "56", "63"],
  ["00", "08", "16", "24", "32", "40", "48", "56", "64", "72"],
  ["00", "09", "18", "27", "36", "45", "54", "63", "72", "81"],
]
/** An element of a table, whose key types cannot know to be one. */
export type Get<table, key> = table[key & keyof table]
type Reverse<s, done extends string = ""> = s extends `${infer c}${infer rest}` ? Reverse<rest, `${c}${done}`> : done
type DropZeros<s> = s extends `0${infer rest}` ? (rest extends "" ? s : DropZeros<rest>) : s

/** a + b */
export type Add<a, b> = AddReversed<Reverse<a>, Reverse<b>, "0", "">
type AddReversed<a, b, carry, done extends string> = a extends `${infer p}${infer rest}`
  ? b extends `${infer q}${infer more}`
    ? Get<Get<Get<SumTable, carry>, p>, q> extends `${infer c}${infer digit}`
      ? AddReversed<rest, more, c, `${digit}${done}`>
      : never
    : carry extends "0"
      ? `${Reverse<a>}${done}`
      : AddReversed<a, "0", carry, done>
  : carry extends "0"
    ? `${Reverse<b>}${done}`
    : b extends ""
      ? `1${done}`
      : AddReversed<"0", b, carry, done>

/** a * b */
export type Times<a, b> = a extends "1" ? b : b extends "1" ? a : TimesReversed<Reverse<a>, b, "0">
type TimesReversed<a, b, sum extends string> = b extends `${infer q}${infer rest}`
  ? TimesReversed<a, rest, q extends "0" ? `${sum}0` : Add<`${sum}0`, TimesDigit<a, q, "0", "">>>
  : DropZeros<sum>
type TimesDigit<a, q, carry extends string, done extends string> = a extends `${infer p}${infer rest}`
  ? Get<Get<ProductTable, p>, q> extends `${infer high}${infer low}`
    ? Get<Get<Get<SumTable, "0">, low>, carry> extends `${infer c}${infer digit}`
      ? Get<Get<Get<SumTable, c>, high>, "0"> extends `0${infer next}`
        ? TimesDigit<rest, q, next, `${digit}${done}`>
        : never
      : never
    : never
  : `${carry}${done}`

/** a < b */
export type Less<a, b> = a extends b
  ? false
  : Longer<a, b> extends infer which
    ? which extends "none"
      ? LessDigits<a, b>
      : which extends "b"
        ? true
        : false
    : never
/** a <= b */
export type AtMost<a, b> = a extends b ? true : Less<a, b>
type Longer<a, b> = a extends `${infer _}${infer rest}`
  ? b extends `${infer _}${infer more}`
    ? Longer<rest, more>
    : "a"
  : b extends ""
    ? "none"
    : "b"
type LessDigits<a, b> = a extends `${infer p}${infer rest}`
  ? b extends `${infer q}${infer more}`
    ? p extends q
      ? LessDigits<rest, more>
      : "0123456789" extends `${string}${p}${string}${q}${string}`
        ? true
        : false
    : false
  : false

/** a <= 2 ** 24, which has eight digits: most numbers are told by their lengths. */
export type IsSmall<a> = a extends `${infer _1}${infer _2}${infer _3}${infer _4}${infer _5}${infer _6}${infer _7}${infer rest}`
  ? rest extends ""
    ? true
    : AtMost<a, `${(typeof limits)["dimension"]}`>
  : true

/** a / b where b divides a, else never. By long division: each digit of the quotient is how often b goes into what is left. */
export type Divide<a, b> = a extends b ? "1" : b extends "1" ? a : LongDivision<a, b, "0", "">
type LongDivision<a, b, left extends string, done extends string> = a extends `${infer p}${infer rest}`
  ? Digit<DropZeros<`${left}${p}`>, b, "0", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]> extends [infer q extends number, infer remainder extends string]
    ? LongDivision<rest, b, remainder, `${done}${q}`>
    : never
  : left extends "0"
    ? DropZeros<done>
    : never
/** `[q, a - q b]` for the largest q with q b <= a; `sum` is b times the digits passed. */
type Digit<a, b, sum extends string, digits> = digits extends [infer q, ...infer more]
  ? Add<sum, b> extends infer next extends string
    ? AtMost<next, a> extends true
      ? Digit<a, b, next, more>
      : [q, Minus<a, sum>]
    : never
  : never

/** a - b where b <= a: a plus the nines' complement of b, plus 1, without the leading carry. */
export type Minus<a, b> = DropZeros<MinusReversed<Reverse<a>, Reverse<b>, "1", "">>
type MinusReversed<a, b, carry, done extends string> = a extends `${infer p}${infer rest}`
  ? b extends `${infer q}${infer more}`
    ? Get<Get<Get<SumTable, carry>, p>, Get<Nines, q>> extends `${infer c}${infer digit}`
      ? MinusReversed<rest, more, c, `${digit}${done}`>
      : never
    : MinusReversed<a, "0", carry, done>
  : done
type Nines = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
