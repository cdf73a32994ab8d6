import { isObject } from '../../common/document/pointer.ts';
import type { Api } from '../../model/types.ts';
import type { Both } from './types.ts';

const PLACE = /"#\/components\/schemas\/((?:[^"\\]|\\.)*)"/g;
/** References that do not lead directly to a component: they are not followed here. */
const ELSEWHERE = /"\$(?:ref|dynamicRef)":"(?!#\/components\/schemas\/[^/"\\]+")|"\$id":/;
/** Components that extend such a schema are its alternatives, although it does not name them. */
const EXTENDED = /"discriminator":/;

const nameOf = (token: string): string => {
  try {
    return decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return token;
  }
};

type Texts = ReadonlyMap<string, string>;
const textsOf = ({ schemas }: Api): Texts =>
  new Map([...schemas].map(([name, schema]) => [name, JSON.stringify(schema) ?? '']));

const leadsTo = (text: string): readonly string[] => [...text.matchAll(PLACE)].map(([, token = '']) => nameOf(token));

/** The components that have the same text in both contracts, together with all components that they refer to. */
function sameComponents({ before, after }: Both<Api>): ReadonlySet<string> {
  const [old, now] = [textsOf(before), textsOf(after)];
  const same = new Set<string>();
  for (const [name, text] of old) if (now.get(name) === text && !ELSEWHERE.test(text)) same.add(name);
  const areAll = same.size === old.size && old.size === now.size;
  for (const name of areAll ? [] : [...same]) if (EXTENDED.test(old.get(name) ?? '')) same.delete(name);
  for (let size = -1; size !== same.size; ) {
    size = same.size;
    for (const name of [...same])
      if (!leadsTo(old.get(name) ?? '').every((target) => same.has(target))) same.delete(name);
  }
  return same;
}

const known = new WeakMap<Api, WeakMap<Api, ReadonlySet<string>>>();

/**
 * Whether two schemas, and all components that they refer to, have the same text. Most of a contract does not change.
 */
export function areSame(before: unknown, after: unknown, apis: Both<Api>): boolean {
  if (!isObject(before) || !isObject(after)) return before === after;
  const text = JSON.stringify(before);
  if (text !== JSON.stringify(after) || ELSEWHERE.test(text)) return false;
  const within = known.get(apis.before) ?? new WeakMap<Api, ReadonlySet<string>>();
  known.set(apis.before, within);
  const same = within.get(apis.after) ?? sameComponents(apis);
  within.set(apis.after, same);
  return leadsTo(text).every((name) => same.has(name));
}
