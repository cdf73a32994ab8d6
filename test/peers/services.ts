import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ApiDescriptor, OperationDescriptor } from '@countersign/runtime/contract';
import type { Server } from '@countersign/runtime/server';

/** A generated package of the suite. */
export type Service = {
  readonly folder: string;
  readonly provider: string;
  readonly version?: string | undefined;
  readonly api: ApiDescriptor;
  readonly operations: Readonly<Record<string, OperationDescriptor>>;
  readonly createClient: (options: object) => Readonly<Record<string, Call>> & { readonly request: Request };
  readonly createServer: (options: object) => Server;
};

export type Result = {
  readonly data?: unknown;
  readonly error?: Error & { readonly status?: number; readonly body?: unknown; readonly kind: string };
  readonly response?: { readonly status: number; readonly headers: Headers };
  readonly issues: readonly unknown[];
};

export type Call = (input: object, options: object) => { withResponse(): Promise<Result> };

/** A request that the contract does not describe. */
type Request = (method: string, path: string | undefined, options: object) => ReturnType<Call>;

/** The operation of a request. */
export type Target = {
  readonly service: Service;
  /** Key of `operations`, and name of the client's method. */
  readonly name: string;
  /** Path of the server that the operation is below. */
  readonly base: string;
  readonly variables: Readonly<Record<string, string>>;
};

type Module = Readonly<Record<string, unknown>>;

const named = (module: Module, pattern: RegExp): unknown =>
  Object.entries(module).find(
    ([name]) => pattern.test(name) && name !== 'createClient' && name !== 'createServer',
  )?.[1];

export async function loadServices(root: string): Promise<readonly Service[]> {
  const list: readonly Pick<Service, 'folder' | 'provider' | 'version'>[] = JSON.parse(
    await readFile(join(root, 'services.json'), 'utf8'),
  );
  return Promise.all(
    list.map(async ({ folder, provider, version }) => {
      const load = (file: string): Promise<Module> =>
        import(/* @vite-ignore */ pathToFileURL(join(root, 'generated', provider, 'src', file)).href);
      const [index, server] = await Promise.all([load('client.ts'), load('server.ts')]);
      const { api, operations } = (await load('operations.ts')) as Pick<Service, 'api' | 'operations'>;
      return {
        folder,
        provider,
        version,
        api,
        operations,
        createClient: named(index, /^create\w+Client$/) as Service['createClient'],
        createServer: named(server, /^create\w+Server$/) as Service['createServer'],
      };
    }),
  );
}

const quoted = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A template as a regular expression. Its groups are the variables, whose names are not always valid in JavaScript. */
function compile(template: string): { readonly pattern: RegExp; readonly names: readonly string[] } {
  const names: string[] = [];
  const pattern = template.split(/(\{[^{}]+\})/).map((part) => {
    if (!part.startsWith('{')) return quoted(part);
    names.push(part.slice(1, -1));
    return '(.*)';
  });
  return { pattern: new RegExp(`^${pattern.join('')}$`), names };
}

/** The server variable with the origin. The others are parts of the path. */
const ORIGIN = 'endpoint';

const serverPath = ({ api }: Service): string => (api.server ? api.server.url.replace(`{${ORIGIN}}`, '') : '');

/** The operation of a path: in the latest version that has it, and with the most literal segments. */
export function findTarget(services: readonly Service[], method: string, path: string): Target | undefined {
  const found = services.flatMap((service) => {
    const below = serverPath(service);
    return Object.entries(service.operations).flatMap(([name, operation]) => {
      if (operation.method.toLowerCase() !== method) return [];
      const { pattern, names } = compile((below + operation.path).replace(/\/$/, ''));
      const values = pattern.exec(path)?.slice(1);
      if (!values) return [];
      const variables = Object.fromEntries(
        names.map((key, index) => [key, values[index] ?? ''] as const).filter(([key]) => below.includes(`{${key}}`)),
      );
      if (service.version !== undefined && !Object.values(variables).every((value) => value === service.version))
        return [];
      const base = below.replace(/\{([^{}]+)\}/g, (_, key: string) => variables[key] ?? '');
      return [{ service, name, base, variables, literal: operation.path.replaceAll(/\{[^{}]+\}/g, '').length }];
    });
  });
  return found.toSorted((a, b) => a.literal - b.literal).at(-1);
}

export function operationOf({ service, name }: Pick<Target, 'service' | 'name'>): OperationDescriptor {
  const operation = service.operations[name];
  if (!operation) throw new Error(`${service.provider} has no operation ${name}`);
  return operation;
}
