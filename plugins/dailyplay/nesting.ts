/** Maximum nesting of metadata. Much deeper values cannot be written as JSON, because that needs stack. */
export const DEEPEST = 1000;

/** Whether a JSON value is nested more than `limit` levels. Takes no stack itself. */
export function isDeeper(value: unknown, limit: number): boolean {
  let level: readonly object[] = [value].filter(isObject);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((item) => Object.values(item).filter(isObject));
  }
  return false;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
