/**
 * Runs in a separate process: imports every module of the packages that are named in a JSON file, and prints what is
 * not as it should be. Usage: node import-packages.ts <file>
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { OperationDescriptor, OperationValidators, Validator } from '@countersign/runtime/contract';
import type { Expectation } from './sink.ts';
import { MARKER } from './vectors.ts';

export type Job = { readonly folder: string; readonly title: string; readonly expectations: readonly Expectation[] };

const MODULES = ['index', 'server', 'handlers', 'operations', 'validators', 'plugins', 'errors', 'types'];
// These imports set globals of their own. No module after them may set one.
await Promise.all(['zod', '@countersign/runtime/client', '@countersign/runtime/server'].map((name) => import(name)));
void new Response('');
const globals = new Set(Reflect.ownKeys(globalThis));
const prototype = Reflect.ownKeys(Object.prototype).length;
const problems: string[] = [];

function at(value: unknown, path: readonly (string | number)[]): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string | number, unknown>)[key];
  }
  return found;
}

async function validate(validator: Validator, value: unknown): Promise<unknown> {
  const result = await validator['~standard'].validate(value);
  return result.issues === undefined ? { value: result.value } : { issues: result.issues };
}

async function check({ folder, title, expectations }: Job): Promise<void> {
  const load = (name: string): Promise<Record<string, unknown>> =>
    import(pathToFileURL(join(folder, `src/${name}.ts`)).href);
  for (const name of MODULES) await load(name);
  const fail = (what: string): void => void problems.push(`${title}: ${what}`);
  if (MARKER in globalThis) fail('the marker is set: a string of the document was run');
  const added = Reflect.ownKeys(globalThis).filter((key) => !globals.has(key));
  if (added.length > 0) fail(`new globals: ${added.map(String).join(', ')}`);
  if (Reflect.ownKeys(Object.prototype).length !== prototype) fail('Object.prototype has changed');

  const { api, operations } = await load('operations');
  const validators = (await load('validators')).validators as Record<string, OperationValidators>;
  const document: unknown = JSON.parse(readFileSync(join(folder, 'openapi.json'), 'utf8'));
  for (const expectation of expectations) {
    const operation =
      'id' in expectation
        ? Object.values(operations as Record<string, OperationDescriptor>).find(({ id }) => id === expectation.id)
        : undefined;
    if ('id' in expectation && operation === undefined) {
      fail(`no operation ${JSON.stringify(expectation.id)}`);
      continue;
    }
    if (expectation.kind !== 'validator') {
      const whole = expectation.kind === 'api' ? api : expectation.kind === 'document' ? document : operation;
      const value = at(whole, expectation.path);
      if (!isDeepStrictEqual(value, expectation.value)) {
        fail(
          `${expectation.kind} ${JSON.stringify(expectation.path)} is ${JSON.stringify(value)}, not ${JSON.stringify(expectation.value)}`,
        );
      }
      continue;
    }
    const validator = at(validators, [expectation.id, ...expectation.path]) as Validator | undefined;
    if (validator === undefined) {
      fail(`no validator ${expectation.id} ${expectation.path.join(' ')}`);
      continue;
    }
    for (const value of expectation.accepts) {
      const result = await validate(validator, value);
      if (!isDeepStrictEqual(at(result, ['value']), value))
        fail(`${expectation.id}: ${JSON.stringify(value)} became ${JSON.stringify(result)}`);
    }
    for (const value of expectation.refuses) {
      const result = await validate(validator, value);
      if (at(result, ['issues']) === undefined) fail(`${expectation.id}: ${JSON.stringify(value)} is let through`);
    }
  }
}

for (const job of JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Job[]) {
  await check(job).catch((error: unknown) => problems.push(`${job.title}: ${String(error)}`));
}
console.log(JSON.stringify(problems));
