// The webgpu executor on SwiftShader.
import { suite } from "./webgpu-suite.ts"

suite("SwiftShader")
