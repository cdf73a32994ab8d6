import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Framework } from '../framework.ts';
import { correctHooks } from './correct-hooks.ts';
import type { OrvalOperation } from './describe.ts';
import { loadOrval } from './load-orval.ts';
import { orvalName, orvalTypeName, placeholder, restoreNames } from './orval-names.ts';

/** Code as orval wrote it, with our names in it and its imports pointing at our modules. */
export type OrvalOutput = { readonly modules: ReadonlyMap<Framework, string>; readonly msw: string };

const MUTATOR = `export function useCallOperation<T>(): (call: { url: string; method: string; data?: unknown; signal?: AbortSignal }) => Promise<T> {
  return async () => undefined as T;
}
`;

/**
 * Orval reads the versions of installed libraries here and generates code for them. Without a version, it assumes the
 * oldest.
 */
const INSTALLED = { dependencies: { '@tanstack/vue-query': '^5.0.0', '@tanstack/svelte-query': '^6.0.0' } };

/** Runs orval once for each framework. All runs make the same handlers, so the first run's are used. */
export async function runOrval(
  provider: string,
  hooks: readonly OrvalOperation[],
  frameworks: readonly Framework[],
): Promise<OrvalOutput> {
  const modules = new Map<Framework, string>();
  let msw: string | undefined;
  for (const framework of frameworks) {
    const made = await runFor(framework, provider, hooks);
    modules.set(framework, made.hooks);
    msw ??= made.msw;
  }
  return { modules, msw: msw ?? '' };
}

/** Orval writes its files to a temporary folder, which is removed afterwards. */
async function runFor(
  framework: Framework,
  provider: string,
  hooks: readonly OrvalOperation[],
): Promise<{ readonly hooks: string; readonly msw: string }> {
  const { generate } = await loadOrval();
  const folder = await mkdtemp(join(tmpdir(), 'countersign-hooks-'));
  try {
    const mutator = join(folder, `${framework}-client.ts`);
    const installed = join(folder, 'package.json');
    await writeFile(mutator, MUTATOR);
    await writeFile(installed, JSON.stringify(INSTALLED));
    await generate(
      {
        // We made the document, so it is valid. Validating it would take longer than generating from it.
        input: { target: documentOf(hooks) as never, unsafeDisableValidation: true },
        output: {
          target: join(folder, `${framework}.ts`),
          // Orval's types are discarded: imports by the same names refer to the client's types.
          schemas: join(folder, 'client'),
          client: `${framework}-query`,
          packageJson: installed,
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
    const [made, msw] = await Promise.all([
      readFile(join(folder, `${framework}.ts`), 'utf8'),
      readFile(join(folder, `${framework}.msw.ts`), 'utf8'),
    ]);
    const types = new Set(hooks.flatMap((_, index) => KINDS.map((kind) => `${orvalTypeName(index)}${kind}`)));
    return {
      hooks: restoreNames(repoint(correctHooks(framework, made), framework, types), provider, hooks),
      msw: restoreNames(withoutTypeImport(msw, types), provider, hooks),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const KINDS = ['Input', 'Data', 'Error'] as const;

/** A document with `POST /<operation>` for each operation. Its schemas only supply the names of types. */
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

function repoint(text: string, framework: Framework, known: ReadonlySet<string>): string {
  importedNames(text, known);
  return text
    .replace("from './client';", "from './client.ts';")
    .replace(`from './${framework}-client';`, `from './${framework}-client.ts';`);
}

function withoutTypeImport(text: string, known: ReadonlySet<string>): string {
  const found = importedNames(text, known);
  return found ? text.replace(found[0], '') : text;
}
