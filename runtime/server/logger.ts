/** One object and one sentence an entry; pino and the console fit. A level that is missing is not written. */
export type Logger = {
  debug?(entry: LogEntry, message: string): void;
  info?(entry: LogEntry, message: string): void;
  warn?(entry: LogEntry, message: string): void;
  error?(entry: LogEntry, message: string): void;
};

export type LogEntry = { readonly [name: string]: unknown };

const write = (level: 'warn' | 'error') => (entry: LogEntry, message: string) =>
  console[level](JSON.stringify({ level, message, ...entry }));

export const consoleLogger: Logger = { warn: write('warn'), error: write('error') };

const MASK = '***';
/** Shorter values are found in ordinary text too often to be masked there. */
const SHORTEST = 4;
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

function redactText(text: string, secrets: readonly string[]): string {
  let masked = text;
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue;
    const forms = [secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)];
    for (const form of new Set(forms)) masked = masked.replaceAll(form, MASK);
  }
  return masked;
}

function describeError({ name, message, stack, cause, ...rest }: Error): Record<string, unknown> {
  return { name, message, stack, ...(cause === undefined ? {} : { cause }), ...rest };
}

/** A logger whose entries carry `bound` and are masked. `secrets` is asked only when something is written. */
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
