// The functions of a module that statements call. F, I, J and B are f32, u32, i32 and bool, or vectors of them: the lanes of an invocation.
// WGSL implementations may assume that no NaN or infinity occurs, so the edges are tested on bits or against numbers known only at run time.
import { cosCoefficients, farAngle, halfPi, sinCoefficients, turnBits, turnPart } from "../operations/polynomials.ts"
import { bitsOf, hex } from "./literal.ts"

/**
 * The last bit of a quotient is computed from integers: k scales its mantissa q to 24 bits, WGSL's division returns q with an error of a few
 * units, and the remainder, which fits in 32 bits, corrects it. Compilers cannot simplify that.
 */
const quotient = `fn quotient_F(a: F, b: F) -> F {
let x = bitcast<J>(a);
let y = bitcast<J>(b);
let m = (x & J(0x7fffff)) | J(0x800000);
let n = (y & J(0x7fffff)) | J(0x800000);
let k = select(I(23u), I(24u), m < n);
let inverse = 1f / F(n);
let low = J(F(m) * inverse * F(J(1) << k)) - J(12);
let rest = (m << k) - low * n;
let more = J(F(rest) * inverse);
let q = low + more + select(J(), J(1), (rest - more * n) * 2 > n);
let p = (x >> I(23u)) & J(255);
let s = (y >> I(23u)) & J(255);
let e = p - s + J(149) - bitcast<J>(k);
let normal = (p > J()) & (p < J(255)) & (s > J()) & (s < J(255)) & (e >= J()) & (e < J(254));
return select(a / b, bitcast<F>(((x ^ y) & J(-0x7fffffff - 1)) | ((e << I(23u)) + q)), normal);
}`

/** The same for a square root: k makes the exponent even. */
const root = `fn root_F(a: F) -> F {
let x = bitcast<J>(a);
let e = x >> I(23u);
let m = (x & J(0x7fffff)) | J(0x800000);
let k = J(24) - (e & J(1));
let low = J(sqrt(F(m) * F(J(1) << bitcast<I>(k)))) - J(8);
let rest = (m << bitcast<I>(k)) - low * low;
let more = J(F(rest) / F(low * 2));
let near = low + more;
let q = near + select(J(), J(1), rest - more * (low + near) > near);
return select(sqrt(a), bitcast<F>((((e + J(148) - k) >> I(1u)) << I(23u)) + q), (e > J()) & (e < J(255)));
}`

/**
 * WGSL's built-in sin and cos are accurate to 2^-11, and only on [-pi, pi]. The same reductions and polynomials as in wasm/math.ts. The bitcasts
 * between the steps of the first reduction keep compilers from adding its constants. GPUs skip the second reduction unless x is large.
 */
const sine = `fn sine_F(x: F, quarter: u32) -> F {
let size = bitcast<J>(x) & J(0x7fffffff);
let n = round(x * ${Math.fround(2 / Math.PI)}f);
let a = bitcast<F>(bitcast<I>(x - n * ${halfPi[0]}f) ^ I(args.zero));
let b = bitcast<F>(bitcast<I>(a - n * ${halfPi[1]}f) ^ I(args.zero));
var r = b - n * ${halfPi[2]}f;
var q = bitcast<I>(J(n));
let far = size >= J(${hex(bitsOf(farAngle), "")});
for (var again = any(far); again; again = false) {
let turn = turn_F(x);
let near = turn + I(0x20000000u);
let rest = near & I(0x3fffffffu);
let under = rest < I(0x20000000u);
let part = F(select(rest - I(0x20000000u), I(0x20000000u) - rest, under)) * ${Math.fround(turnPart)}f;
r = select(r, select(part, -part, under), far);
q = select(q, near >> I(30u), far);
}
let z = r * r;
let s = r + r * (z * (${sinCoefficients[0]}f + z * (${sinCoefficients[1]}f + z * ${sinCoefficients[2]}f)));
let c = 1f + z * (-0.5f + z * (${cosCoefficients[0]}f + z * (${cosCoefficients[1]}f + z * ${cosCoefficients[2]}f)));
let place = q + I(quarter);
let v = select(s, c, (place & I(1u)) == I(1u));
return select(F(number(0x7fc00000u)), select(v, -v, (place & I(2u)) == I(2u)), size < J(0x7f800000));
}`

const word = (at: string, first: number) =>
  [1, 2, 3].reduce((text, k) => `select(${text}, I(${hex(turnBits[first + k]!)}), ${at} == I(${k}u))`, `I(${hex(turnBits[first]!)})`)
/** x / (2 pi) modulo 1, in units of 2^-32, for |x| of at least 2^13: 56 bits of 1 / (2 pi) times the 24 bits of x. */
const turn = `fn turn_F(x: F) -> I {
let b = bitcast<I>(x);
let m = (b & I(0x7fffffu)) | I(0x800000u);
let s = ((b >> I(23u)) & I(255u)) - I(140u);
let at = s >> I(5u);
let left = s & I(31u);
let right = I(31u) - left;
let one = ${word("at", 0)};
let two = ${word("at", 1)};
let three = ${word("at", 2)};
let high = (one << left) | ((two >> I(1u)) >> right);
let low = (two << left) | ((three >> I(1u)) >> right);
var carried = (m * ((low >> I(8u)) & I(255u))) >> I(8u);
carried = (m * ((low >> I(16u)) & I(255u)) + carried) >> I(8u);
carried = (m * (low >> I(24u)) + carried) >> I(8u);
let turn = m * high + carried;
return select(turn, I() - turn, b > I(0x7fffffffu));
}`

interface Helper {
  readonly text: string
  /** The helpers that it calls itself. */
  readonly calls?: readonly string[]
}

/** Each before those that it calls; a function `name_F` each. */
const helpers = {
  less: { text: "fn less_F(a: F, b: F) -> B { return (a < b) & !(nan_F(a) | nan_F(b)); }", calls: ["nan"] },
  atMost: { text: "fn atMost_F(a: F, b: F) -> B { return (a <= b) & !(nan_F(a) | nan_F(b)); }", calls: ["nan"] },
  equal: { text: "fn equal_F(a: F, b: F) -> B { return (a == b) & !(nan_F(a) | nan_F(b)); }", calls: ["nan"] },
  unequal: { text: "fn unequal_F(a: F, b: F) -> B { return (a != b) | nan_F(a) | nan_F(b); }", calls: ["nan"] },
  nothing: {
    text: `fn nothing_F(x: F, sign: u32) -> F {
let b = bitcast<I>(x);
return select(F(number(0x7fc00000u)), bitcast<F>(b & I(sign)), (b & I(0x7fffffffu)) < I(0x7f800000u));
}`,
  },
  quotient: { text: quotient },
  root: { text: root },
  sine: { text: sine, calls: ["turn"] },
  turn: { text: turn },
  // SwiftShader's exp(NaN) is infinite.
  exp: { text: "fn exp_F(x: F) -> F { return select(exp(x), x, nan_F(x)); }", calls: ["nan"] },
  // SwiftShader's log(0) is -88.03, and its log of a negative number that of the absolute value. A subnormal number is its bits times 2^-149.
  log: {
    text: `fn log_F(x: F) -> F {
let b = bitcast<I>(x);
let tiny = b < I(0x800000u);
let y = log(select(x, F(b), tiny)) - select(F(), F(${Math.fround(149 * Math.LN2)}f), tiny);
return select(select(y, F(number(0xff800000u)), (b << I(1u)) == I()), F(number(0x7fc00000u)), (b > I(0x7f800000u)) & (b != I(0x80000000u)));
}`,
  },
  nan: { text: "fn nan_F(x: F) -> B { return (bitcast<J>(x) & J(0x7fffffff)) > J(0x7f800000); }" },
  // Fast2Sum, TwoSum, and the final addition: the sum alone if it is not finite. The bitcasts keep compilers from simplifying the steps.
  carry: {
    text: `fn carry_F(s: ptr<function, F>, e: ptr<function, F>, x: F) {
let t = bitcast<F>(bitcast<I>(*s + x) ^ I(args.zero));
let z = bitcast<F>(bitcast<I>(t - *s) ^ I(args.zero));
*e += bitcast<F>(bitcast<I>(x - z) ^ I(args.zero));
*s = t;
}`,
  },
  both: {
    text: `fn both_F(s: ptr<function, F>, e: ptr<function, F>, x: F) {
let t = bitcast<F>(bitcast<I>(*s + x) ^ I(args.zero));
let z = bitcast<F>(bitcast<I>(t - *s) ^ I(args.zero));
let y = bitcast<F>(bitcast<I>(t - z) ^ I(args.zero));
*e += bitcast<F>(bitcast<I>(*s - y) ^ I(args.zero)) + bitcast<F>(bitcast<I>(x - z) ^ I(args.zero));
*s = t;
}`,
  },
  whole: { text: "fn whole_F(s: F, e: F) -> F { return select(s + e, s, (bitcast<I>(s) & I(0x7f800000u)) == I(0x7f800000u)); }" },
} as const satisfies Record<string, Helper>

export type HelperName = keyof typeof helpers

/** The helpers that the statements of a module call, for vectors and for plain numbers: collected while these are written. */
export interface Calls {
  readonly vectors: Set<HelperName>
  readonly numbers: Set<HelperName>
}

/** The name of a helper that is called. */
export function called(calls: Calls, helper: HelperName, isWide: boolean): string {
  calls[isWide ? "vectors" : "numbers"].add(helper)
  return `${helper}_${isWide ? "F" : "f"}`
}

/** The text of the helpers that are called, and of those that they call. */
export function functionsOf({ vectors, numbers }: Calls): string {
  const wanted = { vectors: new Set<string>(vectors), numbers: new Set<string>(numbers) }
  return Object.entries<Helper>(helpers)
    .flatMap(([name, { text, calls = [] }]) =>
      (["vectors", "numbers"] as const).flatMap((form) => {
        if (!wanted[form].has(name)) return []
        for (const one of calls) wanted[form].add(one)
        return `${form === "vectors" ? text : scalar(text)}\n`
      }),
    )
    .join("")
}

/** A helper's text for a plain number. */
const scalar = (text: string) =>
  text.replaceAll("_F(", "_f(").replace(/\bF\b/g, "f32").replace(/\bI\b/g, "u32").replace(/\bJ\b/g, "i32").replace(/\bB\b/g, "bool")
