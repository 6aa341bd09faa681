// "Did you mean": the one name that a wrong one is close to, or "".

/** The name that differs only in case; otherwise the unique name at edit distance 1, or that `name` is a prefix of; `""` if none or several. */
export type Near<name extends string, names> =
  Same<name, names> extends infer same extends string ? ([same] extends [never] ? Only<Close<Lowercase<name>, names>> : Only<same>) : never
export function near(name: string, names: readonly string[]): string {
  const lower = name.toLowerCase()
  const same = names.filter((n) => n.toLowerCase() === lower)
  return only(same.length > 0 ? same : names.filter((n) => close(lower, n.toLowerCase())))
}

/** The only name of the same letters in another case, or "". */
export type Alike<name extends string, names> = Only<Same<name, names>>
export function alike(name: string, names: readonly string[]): string {
  return only(names.filter((n) => n.toLowerCase() === name.toLowerCase()))
}

type Same<name extends string, names> = names extends string ? (Lowercase<name> extends Lowercase<names> ? names : never) : never

type Close<name extends string, names> = names extends string ? (Beside<name, Lowercase<names>> extends true ? names : never) : never
type Beside<a extends string, b extends string> = b extends `${a}${string}`
  ? true
  : a extends `${infer c}${infer p}`
    ? b extends `${infer d}${infer q}`
      ? c extends d
        ? Beside<p, q>
        : p extends q
          ? true
          : a extends q
            ? true
            : p extends b
              ? true
              : false
      : p extends ""
        ? true
        : false
    : false
function close(a: string, b: string): boolean {
  let n = 0
  while (n < a.length && n < b.length && a[n] === b[n]) n++
  const [p, q] = [a.slice(n), b.slice(n)]
  if (q.startsWith(p)) return true
  if (q === "") return p.length === 1
  return p.slice(1) === q.slice(1) || p === q.slice(1) || p.slice(1) === q
}

type Only<names extends string> = [names] extends [never] ? "" : IsUnion<names> extends true ? "" : names
/** Whether a type has several members: `all` stays whole where `t` is distributed. */
export type IsUnion<t, all = t> = t extends unknown ? ([all] extends [t] ? false : true) : never
function only(names: readonly string[]): string {
  return names.length === 1 ? names[0]! : ""
}
