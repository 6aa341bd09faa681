// Random formulas on SwiftShader. A process has one driver: lavapipe has a separate file.
import { onDriver } from "./on-driver.ts"

onDriver("SwiftShader", 7, 96)
