// A server component: the formula runs in Node, and the page comes with its result.
import { charges, places } from "../lib/charges"
import { field } from "../lib/formulas"
import { Picture } from "./picture"

export default async function Page() {
  const { data } = await field({ x: [[0.5, 0.5]], y: places, charge: charges, g: 100 })
  return (
    <main>
      <h1>Field</h1>
      <Picture />
      <p id="server">The server says: {data[0]!.toFixed(4)} in the middle</p>
    </main>
  )
}
