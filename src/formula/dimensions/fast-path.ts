// The fast path, types only: the dimension of a right formula, or 0 for whatever it does not like. It only says yes. Where it says 0 the
// parser (parse.ts) decides, which costs far more but knows the mistake and its words; so this has no twin at run time.
//
// It splits at parentheses and operators with template inference, each `infer` guarded by a constant pattern, which is cheaper. What stands
// before an open "(" is the stack; a finished call is written back into the text as NAME#operands#, see operand.ts. Dimensions
// need no precedence among + - * / **: their rule is associative and commutative.
import type { Operations } from "../../operations/table.ts"
import type { Negative } from "../parser/read-operator.ts"
import type { Fits } from "./arity.ts"
import type { Common, Dim } from "./operand.ts"
import type { Rule } from "./rules.ts"

/** The dimension of `f` in variables of dimensions `dims` as digits, or 0. */
export type Fast<f, dims> = f extends `${string}${"#" | ";" | "~" | "[" | "\n" | "\t" | "\r"}${string}`
  ? f extends `${string}${"#" | ";" | "~" | "["}${string}`
    ? 0
    : Scan<Flat<f>, 0, dims>
  : Scan<f, 0, dims>
// One delimiter at a time: a union in a pattern that infers gives a union of texts.
type Flat<f> = f extends `${infer a}\n${infer b}`
  ? Flat<`${a} ${b}`>
  : f extends `${infer a}\t${infer b}`
    ? Flat<`${a} ${b}`>
    : f extends `${infer a}\r${infer b}`
      ? Flat<`${a} ${b}`>
      : f

type Scan<s, stack, dims> = s extends `${infer a}(${infer b}`
  ? a extends `${string})${string}`
    ? Close<s, stack, dims>
    : Scan<b, [a, stack], dims>
  : s extends `${string})${string}`
    ? Close<s, stack, dims>
    : stack extends 0
      ? s extends `${string},${string}`
        ? 0
        : Dim<Expression<s, dims>>
      : 0
type Close<s, stack, dims> = s extends `${infer inner})${infer rest}`
  ? stack extends [infer before extends string, infer outer]
    ? Operands<inner, dims> extends infer v extends string
      ? Scan<`${before}#${v}#${rest}`, outer, dims>
      : 0
    : 0
  : 0

type Operands<s, dims> = s extends keyof dims
  ? dims[s]
  : s extends `${string},${string}`
    ? s extends `${infer a},${infer b}`
      ? Listed<b, dims, Expression<a, dims>>
      : 0
    : Expression<s, dims>
type Listed<s, dims, before> = before extends string
  ? s extends `${string},${string}`
    ? s extends `${infer a},${infer b}`
      ? Expression<a, dims> extends infer v extends string
        ? Listed<b, dims, `${before};${v}`>
        : 0
      : 0
    : Expression<s, dims> extends infer v extends string
      ? `${before};${v}`
      : 0
  : 0

type Expression<s, dims> = s extends keyof dims
  ? dims[s]
  : s extends `${string}${"|" | "<" | ">" | "==" | "!="}${string}`
    ? Comparison<s, dims>
    : Summands<s, "", dims>

// One comparison: a second one is left in an operand, which refuses it.
type Comparison<s, dims> = s extends `${infer a}<${infer b}`
  ? Both<Bars<a, "", dims>, Bars<b extends `=${infer c}` ? c : b, "", dims>>
  : s extends `${infer a}>${infer b}`
    ? Both<Bars<a, "", dims>, Bars<b extends `=${infer c}` ? c : b, "", dims>>
    : s extends `${infer a}==${infer b}`
      ? Both<Bars<a, "", dims>, Bars<b, "", dims>>
      : s extends `${infer a}!=${infer b}`
        ? Both<Bars<a, "", dims>, Bars<b, "", dims>>
        : Bars<s, "", dims>
type Bars<s, left, dims> = s extends `${infer a}|${infer b}`
  ? Bars<b, Bar<left, Summands<a, "", dims>>, dims>
  : Bar<left, Summands<s, "", dims>>
type Bar<left, right> = left extends "" ? right : Both<left, right> extends string ? "1" : 0

/** The common dimension of what was read so far ("": nothing) and of an operand. */
type Both<left, right> = left extends 0 ? 0 : right extends 0 ? 0 : left extends "" ? right : Common<left, right>

type Summands<s, left, dims> = s extends `${string}+${string}`
  ? s extends `${infer a}+${infer b}`
    ? Both<left, Summand<a, dims>> extends infer v extends string
      ? Summands<b, v, dims>
      : 0
    : 0
  : Both<left, Summand<s, dims>>
type Summand<s, dims> = s extends keyof dims
  ? dims[s]
  : s extends `${string}-${string}`
    ? Differences<s, "", dims>
    : s extends `${string}${"*" | "/"}${string}`
      ? Factors<s, dims>
      : Leaf<s, dims>

// "a - b", "-b", "a * -b"; a divisor with a sign is left to the parser, because it may be 0.
type Differences<s, left, dims> = s extends `${string}-${string}`
  ? s extends `${infer a}-${infer b}`
    ? a extends "" | " "
      ? left extends ""
        ? b extends `${string}${"-" | "*" | "/"}${string}`
          ? Differences<b, "1", dims>
          : Negative<Leaf<b, dims>>
        : Differences<b, Both<left, "1">, dims>
      : a extends `${string}${"*" | "/"}` | `${string}${"*" | "/"} `
        ? Both<left, Factors<Multiplier<a>, dims>> extends infer v extends string
          ? Differences<b, v, dims>
          : 0
        : Both<left, Factors<a, dims>> extends infer v extends string
          ? Differences<b, v, dims>
          : 0
    : 0
  : Both<left, Factors<s, dims>>

/** What stands before the * or ** at the end; "", which is no operand, before a /. */
type Multiplier<s> = s extends `${infer a} ` ? Multiplier<a> : s extends `${infer a}**` ? a : s extends `${infer a}*` ? a : ""

type Factors<s, dims, left = ""> = s extends `${string}*${string}`
  ? s extends `${infer a}*${infer b}`
    ? Both<left, Quotient<a, dims>> extends infer v extends string
      ? Factors<b extends `*${infer c}` ? c : b, dims, v>
      : 0
    : 0
  : left extends ""
    ? Quotient<s, dims>
    : Both<left, Quotient<s, dims>>
type Quotient<s, dims> = s extends `${string}/${string}`
  ? s extends `${infer a}/${infer b}`
    ? Both<Leaf<a, dims>, Divisors<b, dims>>
    : 0
  : Leaf<s, dims>
type Divisors<s, dims, left = ""> = s extends `${infer a}/${infer b}`
  ? Both<left, Divisor<Leaf<a, dims>>> extends infer v extends string
    ? Divisors<b, dims, v>
    : 0
  : Both<left, Divisor<Leaf<s, dims>>>
/** An operand that is not the number 0. A sign before it would be read as a part of the number: such are left to the parser. */
type Divisor<v> = v extends "=0" | `=${"0.0" | "~0" | "0e" | "0E"}${string}` ? 0 : v

type Leaf<s, dims> = s extends keyof dims
  ? dims[s]
  : s extends ` ${string}`
    ? s extends ` ${infer rest}`
      ? Leaf<rest, dims>
      : 0
    : s extends `${string} `
      ? s extends `${infer rest} `
        ? Leaf<rest, dims>
        : 0
      : s extends `${string}#`
        ? s extends `${infer name}#${infer v}#`
          ? Called<name, v>
          : 0
        : s extends `${number}`
          ? s extends "0" | `0.${string}` | `${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9}${string}`
            ? s extends `${string}${"e" | "E" | "x" | "o" | "b" | "X" | "O" | "B"}${string}` | `${string}.`
              ? 0
              : `=${s}`
            : 0
          : 0
type Called<name, v> = v extends `${string}#${string}`
  ? 0
  : name extends keyof Operations
    ? Fits<Operations[name]["args"]["length"], v> extends true
      ? Rule<Operations[name]["shape"], v> extends infer d extends string
        ? d
        : 0
      : 0
    : name extends ""
      ? v extends `${string};${string}`
        ? 0
        : v
      : name extends `${infer trimmed} `
        ? Called<trimmed, v>
        : 0
