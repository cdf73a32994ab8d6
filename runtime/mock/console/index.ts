/** The console: a page and its API. */
export type { ConsoleOptions } from './api.ts';
export { type ConsoleAssets, createConsolePages } from './pages.ts';
