import { maskText } from '../contract/mask-text.ts';

/**
 * A logger with one method per level, each of which receives an object and a sentence, such as pino and the console.
 * Entries of a missing level are not written.
 */
export type Logger = {
  debug?(entry: LogEntry, message: string): void;
  info?(entry: LogEntry, message: string): void;
  warn?(entry: LogEntry, message: string): void;
  error?(entry: LogEntry, message: string): void;
};

/** Fields of a log entry, by name. */
export type LogEntry = { readonly [name: string]: unknown };

const MASK = '***';
const DEEPEST = 6;

/**
 * Returns a copy in which every occurrence of a secret is masked and errors are data. Cycles and deep values are
 * replaced by a placeholder.
 */
export function redact(value: unknown, secrets: readonly string[], depth = 0): unknown {
  if (typeof value === 'string') return redactText(value, secrets);
  if (typeof value === 'bigint') return `${value}`;
  if (typeof value !== 'object' || value === null) return value;
  if (depth === DEEPEST) return '…';
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redact(item, secrets, depth + 1));
  const data = value instanceof Error ? describeError(value) : value;
  return Object.fromEntries(
    Object.entries(data).map(([name, member]) => [redactText(name, secrets), redact(member, secrets, depth + 1)]),
  );
}

const redactText = (text: string, secrets: readonly string[]): string => maskText(text, secrets, MASK);

/** Properties that PostgreSQL adds to its errors. Each quotes values of rows or parameters. */
const QUOTING: readonly string[] = ['detail', 'where', 'internalQuery', 'params'];

/**
 * Converts an error to data. Objects of a class are omitted, because drivers add connections with their passwords to
 * errors. Values of query parameters are also omitted, because they are untrusted.
 */
function describeError(error: Error): Record<string, unknown> {
  const { name, message, stack, cause, ...rest } = error as Error & { readonly params?: unknown };
  const withoutParameters = (text: string | undefined): string | undefined =>
    Array.isArray(rest.params) ? text?.replaceAll(`\nparams: ${rest.params}`, '') : text;
  const members = Object.entries(rest).filter(([key, value]) => !QUOTING.includes(key) && isPlain(value));
  return {
    name,
    message: withoutParameters(message),
    stack: withoutParameters(stack),
    ...(cause === undefined ? {} : { cause }),
    // The list of errors is not enumerable.
    ...(error instanceof AggregateError ? { errors: error.errors } : {}),
    ...Object.fromEntries(members),
  };
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Error) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

const write = (level: 'warn' | 'error') => (entry: LogEntry, message: string) =>
  console[level](JSON.stringify({ level, message, ...(redact(entry, []) as LogEntry) }));

/**
 * A logger that writes each warning and error as one line of JSON, to `console.warn` and `console.error`.
 *
 * @example
 * ```ts
 * const options = { logger: { ...consoleLogger, warn: () => {} } }; // Only errors.
 * ```
 */
export const consoleLogger: Logger = { warn: write('warn'), error: write('error') };

/** Returns a logger whose entries contain `bound` and are masked. `secrets` is called only when an entry is written. */
export function bindLogger(logger: Logger, bound: LogEntry, secrets: () => readonly string[]): Logger {
  const bind = (level: keyof Logger) =>
    logger[level] && {
      [level]: (entry: LogEntry, message: string) => {
        const known = secrets();
        logger[level]?.({ ...bound, ...(redact(entry, known) as LogEntry) }, redactText(message, known));
      },
    };
  return { ...bind('debug'), ...bind('info'), ...bind('warn'), ...bind('error') };
}
