// Every row of the table on SwiftShader.
import { rowSuite } from "./webgpu-rows.ts"

rowSuite("SwiftShader")
