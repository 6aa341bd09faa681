// Rewrites of formulas that lose nothing: both sides have the same value for every number, infinities and NaN included, but for the sign of
// a zero and the rounding of the last digit. Data only.
//
// In a rewrite one letter stands for a formula, the same for the same, or where an integer belongs, for an integer; there also stand sums of
// integers, and d(f) for a dimension. A rewrite counts only where the new formula has the dimension of the old one, and where the rules of
// dimensions allow it.
//
// Left out, because they would hide a NaN or an infinity of the user's: f - f = 0, 0 * f = 0, f / f = 1, Square(Sqrt(f)) = f and
// Exp(Log(f)) = f (NaN below 0), Log(Exp(f)) = f, Inv(Inv(f)) = f and Exp(f) * Exp(g) = Exp(f + g) (overflow in between).

export interface Rewrite {
  readonly from: string
  readonly to: string
}

export const rewrites: readonly Rewrite[] = [
  { from: "1 * f", to: "f" },
  { from: "f * 1", to: "f" },
  { from: "f / 1", to: "f" },
  { from: "f + 0", to: "f" },
  { from: "0 + f", to: "f" },
  { from: "f - 0", to: "f" },
  { from: "-(-f)", to: "f" },
  { from: "f - -g", to: "f + g" },
  { from: "f + -g", to: "f - g" },
  { from: "-f * -g", to: "f * g" },
  { from: "-f / -g", to: "f / g" },
  { from: "Square(-f)", to: "Square(f)" },
  { from: "Square(Abs(f))", to: "Square(f)" },
  { from: "Abs(-f)", to: "Abs(f)" },
  { from: "Abs(Abs(f))", to: "Abs(f)" },
  { from: "f * f", to: "Square(f)" },
  { from: "Pow(f, 1)", to: "f" },
  { from: "Pow(f, 2)", to: "Square(f)" },
  { from: "Powf(f, 0.5)", to: "Sqrt(f)" },

  // what is broadcast need not be copied
  { from: "SumT(f, 1)", to: "f" },
  { from: "SumT(f, n) * g", to: "f * g" },
  { from: "g * SumT(f, n)", to: "g * f" },
  { from: "SumT(f, n) / g", to: "f / g" },
  { from: "g / SumT(f, n)", to: "g / f" },
  { from: "SumT(f, n) + g", to: "f + g" },
  { from: "g + SumT(f, n)", to: "g + f" },
  { from: "SumT(f, n) - g", to: "f - g" },
  { from: "g - SumT(f, n)", to: "g - f" },
  { from: "-SumT(f, n)", to: "SumT(-f, n)" },

  // sums of what is put together
  { from: "Sum(f)", to: "f" },
  { from: "Sum(SumT(f, n))", to: "n * f" },
  { from: "Sum(Concat(f, g))", to: "Sum(f) + Sum(g)" },
  { from: "Sum(ElemT(f, n, m))", to: "f" },
  { from: "Sum(ExtractT(f, s, n))", to: "Sum(f)" },

  // parts of what is put together
  { from: "Elem(f, m)", to: "f" },
  { from: "Elem(SumT(f, n), m)", to: "f" },
  { from: "Elem(ElemT(f, n, m), m)", to: "f" },
  { from: "Elem(Concat(f, g), m)", to: "Elem(f, m)" },
  { from: "Elem(Concat(f, g), m)", to: "Elem(g, m - d(f))" },
  { from: "Elem(Extract(f, s, n), m)", to: "Elem(f, s + m)" },
  { from: "Extract(f, s, n)", to: "f" },
  { from: "Extract(SumT(f, k), s, n)", to: "SumT(f, n)" },
  { from: "Extract(Concat(f, g), s, n)", to: "Extract(f, s, n)" },
  { from: "Extract(Concat(f, g), s, n)", to: "Extract(g, s - d(f), n)" },
  { from: "Extract(Extract(f, r, k), s, n)", to: "Extract(f, r + s, n)" },
  { from: "Extract(ExtractT(f, s, k), s, d(f))", to: "f" },
  { from: "Concat(Extract(f, s, n), Extract(f, s + n, m))", to: "Extract(f, s, n + m)" },
  { from: "Concat(SumT(f, n), SumT(f, m))", to: "SumT(f, n + m)" },

  { from: "Conj(Conj(f))", to: "f" },
  { from: "ComplexReal(Real2Complex(f))", to: "f" },
  { from: "ComplexImag(Imag2Complex(f))", to: "f" },
  { from: "ComplexReal(Conj(f))", to: "ComplexReal(f)" },
]
