import { readdirSync, readFileSync } from 'node:fs';
import type { JsonSchema } from '../../../scripts/model/types.ts';

export type Case = { readonly description: string; readonly data: unknown; readonly valid: boolean };
/** A schema of the suite with the values to try on it. */
export type Group = {
  readonly file: string;
  readonly description: string;
  readonly schema: JsonSchema;
  readonly tests: readonly Case[];
};

const SUITE = new URL('../json-schema-test-suite/', import.meta.url);

/** The suite's groups, file by file: `required` or `formats`. */
export function readGroups(part: 'required' | 'formats'): readonly Group[] {
  const folder = new URL(part === 'required' ? 'tests/' : 'tests/optional/format/', SUITE);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      const groups = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as readonly Omit<Group, 'file'>[];
      return groups.map((group) => ({ ...group, file: name.replace(/\.json$/, '') }));
    });
}

/** The schemas that the suite serves at an address of its own, by that address. */
export function readRemotes(): ReadonlyMap<string, JsonSchema> {
  const folder = new URL('remotes/', SUITE);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  return new Map(
    names.sort().map((name) => {
      const schema = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonSchema;
      return [`http://localhost:1234/draft2020-12/${name.replaceAll('\\', '/')}`, schema] as const;
    }),
  );
}
