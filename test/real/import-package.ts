/**
 * Runs in a separate process: imports a generated package, and creates its client and server. Usage: node
 * import-package.ts <folder>; prints the number of operations
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2] ?? '';
const load = (name: string): Promise<Record<string, unknown>> =>
  import(pathToFileURL(join(folder, `src/${name}.ts`)).href);

const [index, server, { api, operations }, { validators }] = await Promise.all(
  ['index', 'server', 'operations', 'validators'].map(load) as [
    Promise<Record<string, unknown>>,
    Promise<Record<string, unknown>>,
    Promise<{ api: { securitySchemes: object }; operations: object }>,
    Promise<{ validators: object }>,
  ],
);
const make = (module: Record<string, unknown>, pattern: RegExp): ((options: object) => object) => {
  const name = Object.keys(module).find((key) => pattern.test(key));
  if (name === undefined) throw new Error(`nothing is called ${pattern}`);
  return module[name] as (options: object) => object;
};
const client = make(index, /^create.+Client$/)({ baseUrl: 'http://127.0.0.1:9' });
// Accepts the credentials of any scheme: nothing is checked here.
const security = Object.fromEntries(Object.keys(api.securitySchemes).map((name) => [name, () => undefined] as const));
const handlers = make(server, /^create.+Server$/)({ handlers: {}, security });
const count = Object.keys(operations).length;
if (Object.keys(validators).length !== count) throw new Error('an operation has no validators');
for (const name of Object.keys(operations)) {
  if (typeof Reflect.get(client, name) !== 'function') throw new Error(`the client has no ${name}`);
}
if (typeof Reflect.get(handlers, 'fetch') !== 'function') throw new Error('the server has no fetch');
console.log(count);
