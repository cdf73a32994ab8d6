import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { emitTypeTests, emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { apiOf } from './fixture.ts';
import { GeneratedModules } from './generated-module.ts';
import { KINDS, REJECTED } from './literals/kinds.ts';
import { type Values, valuesModule } from './literals/values-module.ts';

const modules = new GeneratedModules();
const folder = mkdtempSync(join(tmpdir(), 'countersign-literals-'));
afterAll(() => {
  modules.remove();
  rmSync(folder, { recursive: true, force: true });
});

const folderOf = (kind: string): string => kind.replaceAll(' ', '-');

/** Each component in a request and in a response, so that it has the types and validators of both. */
function pathsOf(schemas: object): object {
  const paths = Object.keys(schemas).map((name) => {
    const content = { 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } };
    const responses = { 200: { description: 'ok', content } };
    return [`/${name}`, { put: { operationId: `put${name}`, requestBody: { required: true, content }, responses } }];
  });
  return Object.fromEntries(paths);
}

const values = new Map<string, Values>();
const accepted: string[] = [];
let said: readonly string[];

beforeAll(async () => {
  const packages: { [name: string]: Parameters<typeof checkPackages>[1][string] } = {};
  for (const [kind, schemas] of Object.entries(KINDS)) {
    const api = apiOf(schemas, { components: { schemas }, paths: pathsOf(schemas) });
    const module = await modules.load(api);
    const made = valuesModule(api, module, 60);
    const tests = emitTypeTests(api).map(({ text }) => ({
      path: 'src/agree.ts',
      text: text.replaceAll('../src/', './'),
    }));
    values.set(kind, made);
    const rejected = (REJECTED[kind] ?? []).map(([name, value]) => {
      accepted.push(...(module[name]?.safeParse(value).success ? [`${name} ${JSON.stringify(value)}`] : []));
      const literal = `(${JSON.stringify(value)} satisfies components['schemas']['${name}'])`;
      return `// @ts-expect-error\nvoid ${literal};`;
    });
    const use = {
      path: 'src/rejected.ts',
      text: `import type { components } from './types.ts';\n${rejected.join('\n')}\n`,
    };
    const more = rejected.length > 0 ? [use] : [];
    packages[folderOf(kind)] = [...emitTypes(api), ...emitValidators(api), ...tests, made.file, ...more];
  }
  said = checkPackages(folder, packages);
}, 240_000);

describe('input and output of a validator have its type', () => {
  test.each(Object.keys(KINDS))('%s', (kind) => {
    expect(
      said.filter((line) => line.startsWith(`${folderOf(kind)}/`) || line.includes(`/${folderOf(kind)}/`)),
    ).toEqual([]);
    // A comparison of only rejections would prove nothing.
    expect(values.get(kind)?.without).toEqual([]);
  });

  test('values that a closed part rejects do not compile', () => {
    expect(accepted).toEqual([]);
  });

  test('the compiler reports nothing else', () => {
    expect(said).toEqual([]);
  });
});
