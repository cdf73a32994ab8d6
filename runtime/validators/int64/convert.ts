import type { Validator } from '../../contract/index.ts';
import { parseExact } from '../digits/parse-exact.ts';
import { setMember } from '../json.ts';
import { type Holding, nothingSeen, type Seen } from '../named/look.ts';
import { lookAt } from '../named/look-at.ts';
import type { AnyZod } from '../node.ts';

/** How an integer is converted if the contract declares 64 bits. */
type Change = (value: bigint, as: 'bigint' | 'string') => unknown;

type Members = { readonly [name: string]: unknown };

/**
 * Converts the 64-bit integers of a received value to the type that the validator accepts. A value that is not an
 * integer stays unchanged, so that the validator reports it.
 *
 * @param text the text of the value, if it is JSON whose numbers may have lost digits
 */
export function readInt64(value: unknown, validator: Validator, text?: string): unknown {
  return change(value, validator, text === undefined ? value : parseExact(text), (integer, as) =>
    as === 'bigint' ? integer : String(integer),
  );
}

/** Converts a value to send. Its 64-bit integers become bigints, which `jsonText` writes as numbers. */
export function writeInt64(value: unknown, validator: Validator): unknown {
  return change(value, validator, value, (integer) => integer);
}

function change(value: unknown, validator: Validator, exact: unknown, to: Change): unknown {
  const look = '_zod' in validator ? lookAt(validator as unknown as AnyZod) : undefined;
  return look === undefined ? value : changed(value, exact, [{ look, dynamic: undefined }], to);
}

function changed(given: unknown, exact: unknown, holdings: readonly Holding[], to: Change): unknown {
  if (holdings.length === 0 || given === null || given === undefined) return given;
  const value = given instanceof Date ? given.toJSON() : given;
  const seen: Seen = { ...nothingSeen(), all: true };
  for (const { look, dynamic } of holdings) look.see(value as object, seen, dynamic);
  if (typeof value !== 'object') {
    const { int64 } = seen;
    const integer = int64 && integerOf(exact, int64);
    return int64 === undefined || integer === undefined ? given : to(integer, int64);
  }
  if (Array.isArray(value)) return changedItems(value, exact as readonly unknown[], seen, to);
  return Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null
    ? changedMembers(value as Members, exact as Members, seen, to)
    : value;
}

/** Text is an integer only if integers are represented as text. */
function integerOf(value: unknown, as: 'bigint' | 'string'): bigint | undefined {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  return as === 'string' && typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : undefined;
}

function changedItems(value: readonly unknown[], exact: readonly unknown[], { items }: Seen, to: Change): unknown {
  if (items.length === 0) return value;
  return value.map((item, index) => {
    const holdings = items.flatMap((holdingOf) => holdingOf(index, item));
    return changed(item, exact[index], holdings, to);
  });
}

function changedMembers(value: Members, exact: Members, { names, others }: Seen, to: Change): unknown {
  let copy: { [name: string]: unknown } | undefined;
  for (const name of Object.keys(value)) {
    const holdings = [...(names.get(name) ?? []), ...others.flatMap((of) => of(name) ?? [])];
    const result = changed(value[name], exact[name], holdings, to);
    if (result === value[name]) continue;
    copy ??= { ...value };
    setMember(copy, name, result);
  }
  return copy ?? value;
}
