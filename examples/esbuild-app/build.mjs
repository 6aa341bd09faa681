import { build } from "esbuild"
import tskeops from "tskeops/esbuild"

await build({
  entryPoints: ["src/main.ts"],
  bundle: true,
  format: "esm",
  minify: true,
  sourcemap: true,
  outfile: "public/main.js",
  plugins: [tskeops()],
})
