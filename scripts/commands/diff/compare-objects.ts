import { isObject } from '../../common/document/pointer.ts';
import type { Api } from '../../model/types.ts';
import { asCode } from './as-code.ts';
import { type Comparison, type Finding, isHidden, member, place } from './findings.ts';
import type { NormalSchema } from './normal-form.ts';
import { defaultOf } from './normal-schema.ts';
import { type Both, sameJson } from './types.ts';

/** Compares properties and items. */
export function compareObjects(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  comparison: Comparison,
): readonly Finding[] {
  const names = new Set([before, after].flatMap(({ properties, required }) => [...properties.keys(), ...required]));
  return [
    ...[...names].flatMap((name) => compareMember(before, after, name, member(at, name), comparison)),
    ...compareOthers(before, after, member(at, '*'), comparison),
    ...compareItems(before, after, `${at}[]`, comparison),
    ...compareTuples(before, after, at, comparison),
  ];
}

/** The items of a list that lost this position have no name. */
function compareItems(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  { compare, old, now }: Comparison,
): readonly Finding[] {
  // Further items of a tuple have any type unless the schema restricts them.
  const isNamed = before.items.length > 0 ? !old(before.items).never : before.tuple.length > 0;
  if (!isNamed || !now(after.items).never) return compare(before.items, after.items, at);
  return [{ effect: 'removes', text: `${place(at)} was removed` }];
}

/**
 * Compares undeclared properties. Types do not name properties that are only allowed, so such a property may be new.
 */
function compareOthers(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  { compare, old, now }: Comparison,
): readonly Finding[] {
  const found = compare(before.additional, after.additional, at);
  if (before.free && !after.free && !after.additional.some(isObject))
    return [{ effect: 'removes', text: `${place(at)} no longer accepts undeclared properties` }];
  if (found.length === 0 || !(old(before.additional).never || now(after.additional).never)) return found;
  // A part without properties that forbids all others has a type in which no property has a value.
  const effect = before.empty && !after.empty ? 'widens' : 'adds';
  if (!now(after.additional).never) return [{ effect, text: `${place(at)} is now accepted` }];
  // A type only lists named properties.
  return [{ effect: before.additional.length > 0 ? 'removes' : 'narrows', text: `${place(at)} is no longer accepted` }];
}

function compareMember(
  before: NormalSchema,
  after: NormalSchema,
  name: string,
  here: string,
  comparison: Comparison,
): readonly Finding[] {
  const { apis, goes, compare, old, now } = comparison;
  let [listed, lists] = [before.properties.get(name), after.properties.get(name)];
  const [needed, needs] = [before.required.has(name), after.required.has(name)];
  if (listed && lists && old(listed).never && now(lists).never) {
    const [says, say] = [before.named.get(name), after.named.get(name)];
    const isForbidden = ![old(says ?? []), now(say ?? [])].some(({ never }) => never);
    // Types have no value for an optional property that another part forbids. A required one keeps its type.
    const [wasTyped, isTyped] = [before, after].map(({ forbidden }) => !forbidden.has(name));
    if (isForbidden && !needs && (needed || (wasTyped && !isTyped)))
      return [{ effect: 'removes', text: `${place(here)} is no longer accepted` }];
    if (isForbidden && !needs)
      return isTyped && !wasTyped ? [{ effect: 'widens', text: `${place(here)} has a type again` }] : [];
    [listed, lists] = [says, say];
  }
  const [was, is] = [old(listed ?? before.additional), now(lists ?? after.additional)];
  const [hidden, hides] = [
    listed !== undefined && isHidden(was, comparison),
    lists !== undefined && isHidden(is, comparison),
  ];
  if (hidden && (hides || lists === undefined)) return [];
  if (hides)
    return listed === undefined
      ? []
      : [{ effect: 'removes', text: `${place(here)} was removed: only the other direction has it` }];
  if (listed !== undefined && lists === undefined) return [{ effect: 'removes', text: `${place(here)} was removed` }];
  const forbidden = was.never && !is.never;
  if ((listed === undefined || hidden || forbidden) && lists !== undefined) {
    const typed = hidden || forbidden ? [] : before.additional.filter((schema) => schema !== false);
    const otherwise = typed.length > 0 ? compare(typed, lists, here) : [];
    if (needs && (hidden || !needed))
      return [...otherwise, { effect: 'narrows', text: `${place(here)} is new and required` }];
    const text = typed.length > 0 ? 'is now declared, and optional' : 'is new and optional';
    return [...otherwise, { effect: 'adds', text: `${place(here)} ${text}` }];
  }
  if (listed !== undefined && !was.never && is.never) {
    // Types have no value for a property that another part forbids, unless it is required.
    const isGone = !needs || now(after.named.get(name) ?? []).never;
    return [{ effect: isGone ? 'removes' : 'narrows', text: `${place(here)} is no longer accepted` }];
  }
  const found: Finding[] = [];
  if (needs && !needed) found.push({ effect: 'narrows', text: `${place(here)} is now required` });
  if (needed && !needs) found.push({ effect: 'widens', text: `${place(here)} is now optional` });
  if (listed === undefined || lists === undefined) return found;
  if (goes === 'in' && is.readOnly && !was.readOnly)
    found.push({ effect: 'adds', text: `${place(here)} is read-only` });
  return [...found, ...compareDefaults(apis, listed, lists, needed && needs, here), ...compare(listed, lists, here)];
}

/** A default replaces an omitted value. It does not affect callers who must send the value. */
export function compareDefaults(
  apis: Both<Api>,
  before: readonly unknown[],
  after: readonly unknown[],
  required: boolean,
  at: string,
): readonly Finding[] {
  const [old, now] = [defaultOf(before, apis.before), defaultOf(after, apis.after)];
  if (sameJson(old, now)) return [];
  const shown = (value: unknown): string => asCode(JSON.stringify(value));
  if (required) return [{ effect: 'words', text: `${place(at)} has a different default` }];
  if (old === undefined) return [{ effect: 'adds', text: `${place(at)} has the default ${shown(now)}` }];
  const text = now === undefined ? 'no default' : `the default ${shown(now)}`;
  return [{ effect: 'fills', text: `${place(at)} has ${text}, before ${shown(old)}` }];
}

function compareTuples(
  before: NormalSchema,
  after: NormalSchema,
  at: string,
  { compare }: Comparison,
): readonly Finding[] {
  const length = Math.max(before.tuple.length, after.tuple.length);
  const isTuple = ({ tuple }: NormalSchema): boolean => tuple.length > 0;
  const places: Finding[] = [];
  if (isTuple(before) !== isTuple(after)) {
    // In types, a required position is an item of a list. An optional position is not.
    const [tuple, effects] = isTuple(after)
      ? ([after, ['narrows', 'widens']] as const)
      : ([before, ['widens', 'narrows']] as const);
    const least = tuple.bounds.get('minItems') ?? 0;
    const text = isTuple(after) ? 'is a tuple' : 'is no longer a tuple';
    if (least > 0) places.push({ effect: effects[0], text: `${place(at)} ${text}` });
    if (least < tuple.tuple.length) places.push({ effect: effects[1], text: `${place(at)} ${text}` });
  }
  const least = Math.min(...[before, after].map(({ bounds }) => bounds.get('minItems') ?? 0));
  const items = Array.from({ length }, (_, index): readonly Finding[] => {
    const [old, now] = [before.tuple[index], after.tuple[index]];
    const here = `${at}[${index}]`;
    if (old !== undefined && now === undefined && after.items.length === 0)
      return [{ effect: 'removes', text: `${place(here)} is no longer described` }];
    const found = compare(old ?? before.items, now ?? after.items, here);
    // In types, a position may be missing, and a further item may not.
    const [wasItem, isItem] = [old === undefined && before.items.length > 0, now === undefined];
    const moved = isTuple(before) && isTuple(after) && index >= least;
    if (moved && wasItem) return [...found, { effect: 'widens', text: `${place(here)} has its own position` }];
    if (moved && isItem)
      return [...found, { effect: 'narrows', text: `${place(here)} no longer has its own position` }];
    return found;
  });
  return [...places, ...items.flat()];
}
