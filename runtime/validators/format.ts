/** A format that is checked for values of one type. */
export type Format<Value extends string | number> = {
  readonly name: string;
  readonly type: Value extends string ? 'string' : 'number';
  readonly test: (value: Value) => boolean;
  /** Returns an additional part of the message. */
  readonly hint?: (value: Value) => string;
};

/** Creates a format of strings. */
export function textFormat(name: string, test: (value: string) => boolean): Format<string> {
  return { name, type: 'string', test };
}

/** Creates a format of numbers. */
export function numberFormat(
  name: string,
  test: (value: number) => boolean,
  hint?: (value: number) => string,
): Format<number> {
  return hint === undefined ? { name, type: 'number', test } : { name, type: 'number', test, hint };
}

/** Why a value does not have a format. */
export function formatProblem<Value extends string | number>({ name, hint }: Format<Value>, value: Value): string {
  return `Invalid ${name}${hint?.(value) ?? ''}`;
}
