// The optional package `webgpu`. The one module of JavaScript: TypeScript would wrap an import whose name it does not see in a helper.
/**
 * No bundler takes the package in, nor misses it: `await` of a text is no constant that one could fold, and a server's bundle still finds
 * the package when it runs.
 */
export const loadWebgpu = async () => (await import(/* @vite-ignore */ /* webpackIgnore: true */ await "webgpu")).create([])
