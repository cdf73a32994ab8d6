import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrvalOperation } from './describe.ts';
import { loadOrval } from './load-orval.ts';
import { orvalName, orvalTypeName, restoreNames } from './orval-names.ts';

/** Code as orval wrote it, with our names in it and its imports pointing at our modules. */
export type OrvalOutput = { readonly react: string; readonly msw: string };

/** Stands for an example until it is put in by `literal`: orval sees no data of a spec. */
export const placeholder = (identifier: string): string => `@@${identifier}@@`;

const MUTATOR = `export function useCallOperation<T>(): (call: { url: string; method: string; data?: unknown; signal?: AbortSignal }) => Promise<T> {
  return async () => undefined as T;
}
`;

/** Orval writes files; it gets a folder of its own, which is gone afterwards. */
export async function runOrval(provider: string, hooks: readonly OrvalOperation[]): Promise<OrvalOutput> {
  const { generate } = await loadOrval();
  const folder = await mkdtemp(join(tmpdir(), 'countersign-hooks-'));
  try {
    const mutator = join(folder, 'react-client.ts');
    await writeFile(mutator, MUTATOR);
    await generate(
      {
        // The document is ours, and checking it takes longer than all that is made of it.
        input: { target: documentOf(hooks) as never, unsafeDisableValidation: true },
        output: {
          target: join(folder, 'react.ts'),
          // Its own types are thrown away: the names are those of the client's types.
          schemas: join(folder, 'client'),
          client: 'react-query',
          httpClient: 'axios',
          mode: 'split',
          mock: { indexMockFiles: false, generators: [{ type: 'msw', useExamples: true, delay: false }] } as never,
          override: {
            header: false,
            mutator: { path: mutator, name: 'useCallOperation' },
            query: { version: 5, signal: true },
            operations: Object.fromEntries(
              hooks.map(({ reads }, index) => [orvalName(index), { query: { useQuery: reads, useMutation: !reads } }]),
            ),
          },
        },
      },
      folder,
      { logLevel: 'error', throwOnError: true },
    );
    const [react, msw] = await Promise.all([
      readFile(join(folder, 'react.ts'), 'utf8'),
      readFile(join(folder, 'react.msw.ts'), 'utf8'),
    ]);
    const types = new Set(hooks.flatMap((_, index) => KINDS.map((kind) => `${orvalTypeName(index)}${kind}`)));
    return {
      react: restoreNames(repoint(react, types), provider, hooks),
      msw: restoreNames(withoutTypeImport(msw, types), provider, hooks),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const KINDS = ['Input', 'Data', 'Error'] as const;

/** One `POST /<operation>` each, its types by name alone. */
function documentOf(hooks: readonly OrvalOperation[]): object {
  const reference = (name: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${name}` } } });
  const paths = hooks.map(({ input, status }, index) => [
    `/${orvalName(index)}`,
    {
      post: {
        operationId: orvalName(index),
        ...(input !== 'none' && {
          requestBody: { required: input === 'required', content: reference(`${orvalTypeName(index)}Input`) },
        }),
        responses: {
          [status]: {
            description: 'success',
            content: {
              'application/json': {
                ...reference(`${orvalTypeName(index)}Data`)['application/json'],
                examples: { success: { value: placeholder(orvalName(index)) } },
              },
            },
          },
          default: { description: 'failure', content: reference(`${orvalTypeName(index)}Error`) },
        },
      },
    },
  ]);
  const schemas = hooks.flatMap((_, index) =>
    KINDS.map((kind) => [
      `${orvalTypeName(index)}${kind}`,
      { type: 'object', properties: { value: { type: 'string' } } },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: { title: 'hooks', version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

const TYPE_IMPORT = /import type \{([^}]*)\} from '\.\/client';/;

function importedNames(text: string, known: ReadonlySet<string>): RegExpExecArray | null {
  const found = TYPE_IMPORT.exec(text);
  const names = (found?.[1] ?? '').split(',').map((name) => name.trim());
  const strange = names.filter((name) => name !== '' && !known.has(name));
  if (strange.length > 0) throw new Error(`orval made other type names than ours: ${strange.join(', ')}`);
  return found;
}

function repoint(text: string, known: ReadonlySet<string>): string {
  importedNames(text, known);
  return text
    .replace("from './client';", "from './client.ts';")
    .replace("from './react-client';", "from './react-client.ts';");
}

function withoutTypeImport(text: string, known: ReadonlySet<string>): string {
  const found = importedNames(text, known);
  return found ? text.replace(found[0], '') : text;
}
