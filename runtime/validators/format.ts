/** A format that is asserted for values of one type. */
export type Format<Value extends string | number> = {
  readonly name: string;
  readonly type: Value extends string ? 'string' : 'number';
  readonly test: (value: Value) => boolean;
};

export function textFormat(name: string, test: (value: string) => boolean): Format<string> {
  return { name, type: 'string', test };
}

export function numberFormat(name: string, test: (value: number) => boolean): Format<number> {
  return { name, type: 'number', test };
}
