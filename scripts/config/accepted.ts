import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Configurations that the schema accepted in earlier runs of a workspace. */
export type Accepted = {
  /** A copy of the value if the schema accepted the same value before. */
  readonly find: (value: unknown) => unknown;
  /** Remembers a value that the schema accepted. */
  readonly add: (value: unknown) => void;
};

/** Maximum number of stored values: enough for a few branches. */
const MOST = 20;

/**
 * The accepted configurations of a workspace, in its cache, with the schema that accepted them. Zod and its 46 languages take longer to load
 * than everything else in a run without changes.
 */
export function openAccepted(root: string): Accepted {
  const file = join(root, 'node_modules/.cache/countersign/config.json');
  const schema = readText(new URL(import.meta.url.replace(/accepted\.(\w+)(\?.*)?$/, 'schema.$1')));
  return {
    find(value) {
      const text = exactJson(value);
      if (schema === undefined || text === undefined) return undefined;
      return readAccepted(file, schema).includes(text) ? JSON.parse(text) : undefined;
    },
    add(value) {
      const text = exactJson(value);
      if (schema === undefined || text === undefined || !existsSync(join(root, 'node_modules'))) return;
      try {
        mkdirSync(dirname(file), { recursive: true });
        const temporary = `${file}.${process.pid}`;
        writeFileSync(
          temporary,
          JSON.stringify({ schema, accepted: [text, ...readAccepted(file, schema)].slice(0, MOST) }),
        );
        renameSync(temporary, file);
      } catch {
        // Without it, the next run loads zod again.
      }
    },
  };
}

function readText(path: string | URL): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function readAccepted(file: string, schema: string): readonly string[] {
  try {
    const known: { schema?: unknown; accepted?: unknown } = JSON.parse(readText(file) ?? '{}');
    return known.schema === schema && Array.isArray(known.accepted) ? known.accepted : [];
  } catch {
    return [];
  }
}

/** JSON that represents exactly this value; undefined for functions, `undefined` and instances of classes. */
function exactJson(value: unknown): string | undefined {
  try {
    const text = JSON.stringify(value);
    return isJson(value) ? text : undefined;
  } catch {
    return undefined;
  }
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return false;
  if (Array.isArray(value)) return value.every(isJson);
  return (
    Object.getPrototypeOf(value) === Object.prototype &&
    Reflect.ownKeys(value).every((key) => typeof key === 'string' && isJson((value as Record<string, unknown>)[key]))
  );
}
