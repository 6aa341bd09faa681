// Random formulas on SwiftShader. A process has one driver: lavapipe has a file of its own.
import { onDriver } from "./on-driver.ts"

onDriver("SwiftShader", 7, 96)
