import { maskText } from '../contract/mask-text.ts';

/** One object and one sentence an entry; pino and the console fit. A level that is missing is not written. */
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

/** A copy with every occurrence of a secret masked, and errors as data. Cycles and depths end in a mark. */
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

/** What PostgreSQL adds to its errors; each quotes values of rows and parameters. */
const QUOTING: readonly string[] = ['detail', 'where', 'internalQuery', 'params'];

/**
 * An error as data. Objects of a class are omitted: drivers add connections, with their passwords, to their errors. So
 * are the values of a query's parameters, which are untrusted.
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
    // Its list is not enumerable.
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
 * Writes warnings and errors as one line of JSON each, to `console.warn` and `console.error`.
 *
 * @example
 * ```ts
 * const options = { logger: { ...consoleLogger, warn: () => {} } }; // Only errors.
 * ```
 */
export const consoleLogger: Logger = { warn: write('warn'), error: write('error') };

/** A logger whose entries contain `bound` and are masked. `secrets` is called only when an entry is written. */
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
