import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

/** One fact of a provider's document or brief, and its place in the spec. */
type Row = {
  readonly fact: string;
  /** JSON Pointer into `openapi.yaml` as written; `$ref`s are followed while walking. */
  readonly at: string;
  readonly is?: unknown;
  readonly contains?: string;
  readonly has?: unknown;
};
type Place = { readonly file: string; readonly value: unknown };

const providers = ['dailyplay', 'dicey-fun', 'hive', 'moonpacket', 'plattr'];
const specs = resolve(import.meta.dirname, '../../specs');
const files = new Map<string, unknown>();

const readYaml = (file: string): unknown => {
  if (!files.has(file)) files.set(file, parse(readFileSync(file, 'utf8')));
  return files.get(file);
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/**
 * Walks segment by segment; a key beside a `$ref` overrides the target of the `$ref`, unless the pointer goes through `$ref`.
 * `undefined` if there is no value.
 */
const walk = (place: Place, segments: readonly string[], hops = 0): Place | undefined => {
  if (hops > 50) throw new Error(`$ref cycle in ${place.file}`);
  const [segment, ...rest] = segments;
  const { file, value } = place;
  if (segment === undefined) {
    return isRecord(value) && typeof value.$ref === 'string' && Object.keys(value).length === 1
      ? follow(file, value.$ref, [], hops)
      : place;
  }
  if (!isRecord(value)) return undefined;
  if (segment === '$ref' && typeof value.$ref === 'string') return follow(file, value.$ref, rest, hops);
  if (Object.hasOwn(value, segment)) return walk({ file, value: value[segment] }, rest, hops);
  return typeof value.$ref === 'string' ? follow(file, value.$ref, segments, hops) : undefined;
};

const follow = (from: string, ref: string, segments: readonly string[], hops: number): Place | undefined => {
  const [path = '', pointer = ''] = ref.split('#');
  const file = path === '' ? from : resolve(dirname(from), path);
  return walk({ file, value: readYaml(file) }, [...segmentsOf(pointer), ...segments], hops + 1);
};

const segmentsOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

const show = (value: unknown): string => JSON.stringify(value) ?? 'undefined';

/** The error of a row, or `undefined`. */
const check = (file: string, { fact, at, ...row }: Row): string | undefined => {
  const wants = ['is', 'contains', 'has'].filter((want) => Object.hasOwn(row, want));
  if (!fact || typeof at !== 'string') return 'a row needs `fact` and `at`';
  if (wants.length !== 1) return `"${fact}" needs exactly one of is, contains, has`;
  const place = walk({ file, value: readYaml(file) }, segmentsOf(at));
  if (place === undefined) return `"${fact}": nothing is at ${at}`;
  const { value } = place;
  if (Object.hasOwn(row, 'is')) {
    return isDeepStrictEqual(value, row.is) ? undefined : `"${fact}": ${at} is ${show(value)}, not ${show(row.is)}`;
  }
  if (Object.hasOwn(row, 'contains')) {
    // Descriptions are wrapped: a line break is as good as a space.
    const text = typeof value === 'string' ? value.replaceAll(/\s+/g, ' ') : undefined;
    return row.contains && text?.includes(row.contains) ? undefined : `"${fact}": ${at} lacks ${show(row.contains)}`;
  }
  const found = Array.isArray(value)
    ? value.some((item) => isDeepStrictEqual(item, row.has))
    : isRecord(value) && Object.hasOwn(value, String(row.has));
  return found ? undefined : `"${fact}": ${at} has no ${show(row.has)}`;
};

const tables = readdirSync(import.meta.dirname).filter((name) => /^coverage\..+\.yaml$/.test(name));

describe.each(tables)('%s', (table) => {
  const spec = join(specs, table.slice('coverage.'.length, -'.yaml'.length), 'openapi.yaml');
  const rows = readYaml(join(import.meta.dirname, table)) as readonly Row[];

  it.each(rows)('$fact', (row) => {
    expect(check(spec, row)).toBeUndefined();
  });

  it('states each fact once', () => {
    const facts = rows.map(({ fact }) => fact);
    expect(facts.filter((fact, index) => facts.indexOf(fact) !== index)).toEqual([]);
  });
});

describe('every provider has a table', () => {
  it.each(providers)('%s', (provider) => {
    expect(existsSync(join(specs, provider, 'openapi.yaml'))).toBe(true);
    expect(tables).toContain(`coverage.${provider}.yaml`);
    expect(readYaml(join(import.meta.dirname, `coverage.${provider}.yaml`))).not.toEqual([]);
  });
});

describe('a wrong row is detected', () => {
  const spec = join(specs, 'hive/openapi.yaml');
  it.each([
    { row: { at: '/openapi', is: '3.1.1' }, want: undefined },
    { row: { at: '/openapi', is: '3.0.0' }, want: 'not "3.0.0"' },
    { row: { at: '/openapi', contains: '3.1' }, want: undefined },
    { row: { at: '/openapi', contains: '3.0' }, want: 'lacks' },
    { row: { at: '/openapi', contains: '' }, want: 'lacks' },
    { row: { at: '/x-cs-envelope/success', has: 0 }, want: undefined },
    { row: { at: '/x-cs-envelope/success', has: 1 }, want: 'has no 1' },
    { row: { at: '/webhooks', has: 'lifted' }, want: 'has no "lifted"' },
    { row: { at: '/paths', is: undefined }, want: 'nothing is at /paths' },
    { row: { at: '/openapi' }, want: 'exactly one of' },
    { row: { at: '/openapi', is: '3.1.1', contains: '3' }, want: 'exactly one of' },
  ])('$row', ({ row, want }) => {
    const problem = check(spec, { fact: 'a fact', ...row });
    expect(problem ?? '').toContain(want ?? '');
    expect(problem === undefined).toBe(want === undefined);
  });
});
