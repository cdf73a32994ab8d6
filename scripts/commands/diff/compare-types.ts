import { asCodes, asWord } from './as-code.ts';
import { type Finding, place } from './findings.ts';
import { coversType } from './merge-parts.ts';
import type { NormalSchema } from './normal-form.ts';
import { sameJson } from './types.ts';

const ALL: ReadonlySet<string> = new Set(['null', 'boolean', 'number', 'string', 'array', 'object']);

const list = (values: readonly unknown[]): string => asCodes(values.map((value) => JSON.stringify(value)));

const either = (types: readonly string[]): string => types.map(asWord).join(' or ');

/** Compares `type`, `enum` and `const`. */
export function compareTypes(before: NormalSchema, after: NormalSchema, at: string): readonly Finding[] {
  const [old, now] = [before.types ?? ALL, after.types ?? ALL];
  const lost = [...old].filter((type) => !coversType(now, type));
  const won = [...now].filter((type) => !coversType(old, type));
  // If values are listed, their types need no comparison.
  if (before.values && after.values) return compareValues(before.values, after.values, at);
  const found: Finding[] = [];
  const shown = (types: ReadonlySet<string>): string => (types === ALL ? 'anything' : either([...types]));
  if (lost.length > 0 && won.length > 0)
    return [{ effect: 'unclear', text: `${place(at)} was ${shown(old)} and is ${shown(now)}` }];
  if (lost.length > 0)
    found.push({
      effect: 'narrows',
      text: `${place(at)} is no longer ${before.types === undefined ? 'any value' : either(lost)}`,
    });
  if (won.length > 0)
    found.push({
      effect: 'widens',
      text: `${place(at)} may now be ${after.types === undefined ? 'any value' : either(won)}`,
    });
  return [...found, ...compareValues(before.values, after.values, at)];
}

function compareValues(
  old: readonly unknown[] | undefined,
  now: readonly unknown[] | undefined,
  at: string,
): readonly Finding[] {
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [{ effect: 'narrows', text: `${place(at)} may only be ${list(now ?? [])}` }];
  if (now === undefined) return [{ effect: 'widens', text: `${place(at)} may be more than ${list(old)}` }];
  const lost = old.filter((value) => !now.some((other) => sameJson(value, other)));
  const won = now.filter((value) => !old.some((other) => sameJson(value, other)));
  const found: Finding[] = [];
  // A program that compares with a removed value does not compile.
  if (lost.length > 0) found.push({ effect: 'loses', text: `${place(at)} can no longer be ${list(lost)}` });
  if (won.length > 0) found.push({ effect: 'widens', text: `${place(at)} may now be ${list(won)}` });
  return found;
}
