// Edge values on SwiftShader.
import { edgeSuite } from "./webgpu-edges.ts"

edgeSuite("SwiftShader")
