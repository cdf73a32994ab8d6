/** The console: a page, and the API that it asks. */
export type { ConsoleOptions } from './api.ts';
export { type ConsoleAssets, createConsolePages } from './pages.ts';
