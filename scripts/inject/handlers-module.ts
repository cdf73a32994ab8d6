import { literal } from '../common/text/literal.ts';

/** Path of the module that composes signers and hooks. */
export const PLUGINS_MODULE = 'src/plugins.ts';
/** Path of the module that composes handlers. */
export const HANDLERS_MODULE = 'src/handlers.ts';

/** The text that is added to `handlers.ts` after its imports. */
export const ADDED_NAMES = ['Services', 'unhandled'];

/** What `handlers.ts` ends in. */
export const unhandledStatement = (unhandled: readonly string[]): string =>
  `\n/** Operations without a handler. They return 501. */\nexport const unhandled: readonly string[] = ${literal(unhandled)};`;
