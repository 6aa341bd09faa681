import { fileURLToPath } from "node:url"
import tskeops from "tskeops/webpack"

const path = fileURLToPath(new URL("public", import.meta.url))

export default {
  mode: "production",
  devtool: "source-map",
  entry: "./src/main.ts",
  output: { path, filename: "main.js", module: true },
  experiments: { outputModule: true },
  module: {
    // Takes the types out, after the formulas are compiled.
    rules: [{ test: /\.ts$/, loader: "esbuild-loader", options: { target: "es2022" } }],
  },
  plugins: [tskeops()],
  devServer: { static: path },
}
