import { asCodes, asWord } from './as-code.ts';
import { type Finding, place, type SchemaNode } from './compare-schemas.ts';
import { sameJson } from './types.ts';

const ALL = ['null', 'boolean', 'number', 'string', 'array', 'object'];

function typesOf({ type }: SchemaNode): ReadonlySet<string> {
  const listed = Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : ALL;
  return new Set(listed);
}

const covers = (types: ReadonlySet<string>, type: string): boolean =>
  types.has(type) || (type === 'integer' && types.has('number'));

const list = (values: readonly unknown[]): string => asCodes(values.map((value) => JSON.stringify(value)));

const either = (types: readonly string[]): string => types.map(asWord).join(' or ');

function valuesOf(schema: SchemaNode): readonly unknown[] | undefined {
  if ('const' in schema) return [schema.const];
  return Array.isArray(schema.enum) ? schema.enum : undefined;
}

/** `type`, `enum` and `const`. */
export function compareTypes(before: SchemaNode, after: SchemaNode, at: string): readonly Finding[] {
  const [old, now] = [typesOf(before), typesOf(after)];
  const lost = [...old].filter((type) => !covers(now, type));
  const won = [...now].filter((type) => !covers(old, type));
  const found: Finding[] = [];
  const shown = (types: ReadonlySet<string>): string => (before.type === undefined ? 'anything' : either([...types]));
  if (lost.length > 0 && won.length > 0)
    return [{ effect: 'unclear', text: `${place(at)} was ${shown(old)} and is ${either([...now])}` }];
  if (lost.length > 0) found.push({ effect: 'narrows', text: `${place(at)} is no longer ${either(lost)}` });
  if (won.length > 0) found.push({ effect: 'widens', text: `${place(at)} may now be ${either(won)}` });
  return [...found, ...compareValues(before, after, at)];
}

function compareValues(before: SchemaNode, after: SchemaNode, at: string): readonly Finding[] {
  const [old, now] = [valuesOf(before), valuesOf(after)];
  if (old === undefined && now === undefined) return [];
  if (old === undefined) return [{ effect: 'narrows', text: `${place(at)} may only be ${list(now ?? [])}` }];
  if (now === undefined) return [{ effect: 'widens', text: `${place(at)} may be more than ${list(old)}` }];
  const lost = old.filter((value) => !now.some((other) => sameJson(value, other)));
  const won = now.filter((value) => !old.some((other) => sameJson(value, other)));
  const found: Finding[] = [];
  if (lost.length > 0) found.push({ effect: 'narrows', text: `${place(at)} is never ${list(lost)} any more` });
  if (won.length > 0) found.push({ effect: 'widens', text: `${place(at)} may now be ${list(won)}` });
  return found;
}
