import { literal } from '../common/text/literal.ts';

/** Path of the module that composes signers and hooks. */
export const PLUGINS_MODULE = 'src/plugins.ts';
/** Path of the module that composes handlers. */
export const HANDLERS_MODULE = 'src/handlers.ts';

/** Names that the text added to `handlers.ts` declares. */
export const ADDED_NAMES = ['Services', 'unhandled'];

/** The last statement of `handlers.ts`. */
export const unhandledStatement = (unhandled: readonly string[]): string =>
  `\n/** Operations without a handler. They return 501. */\nexport const unhandled: readonly string[] = ${literal(unhandled)};`;
