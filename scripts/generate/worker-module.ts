/** Same as this module: TypeScript in the repository, JavaScript in the package. */
const EXTENSION = /\.[jt]s$/.exec(import.meta.url)?.[0] ?? '.js';

/** The URL of a module of `workers/`. In a bundle of the toolkit, it is beside the bundle's first module. */
export const workerModule = (name: string): string => new URL(`./workers/${name}${EXTENSION}`, import.meta.url).href;
