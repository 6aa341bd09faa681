// Paths as TypeScript and the bundlers of the web write them.

export const posix = (path: string): string => path.replaceAll("\\", "/")
