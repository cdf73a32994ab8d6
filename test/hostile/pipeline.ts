import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleSpec } from '../../scripts/bundle.ts';
import { type Diagnostic, InputError } from '../../scripts/diagnostic.ts';
import { checkSchemas } from '../../scripts/emit/validators.ts';
import { emit } from '../../scripts/emit.ts';
import { expandDocument } from '../../scripts/expand.ts';
import { format } from '../../scripts/format.ts';
import { inject } from '../../scripts/inject.ts';
import { lintSpec } from '../../scripts/lint.ts';
import { loadSpec } from '../../scripts/load.ts';
import type { PluginFiles } from '../../scripts/load-plugins.ts';
import { buildApi } from '../../scripts/model/build.ts';
import type { Api, File } from '../../scripts/model/types.ts';

export type Outcome =
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'accepted'; readonly api: Api };

const SIGNING = `import { defineSigner } from '@countersign/runtime/signing';

export const sign = defineSigner({ sign: async () => 'x' });
`;

/** What reads and checks a document. Lint is the lenient one of other people's documents, so that more strings pass. */
export async function accept(file: string): Promise<Outcome> {
  try {
    const spec = await loadSpec(file);
    const problems = await lintSpec(spec, { profile: 'essential' });
    if (problems.some(({ severity }) => severity === 'error')) return { kind: 'refused', diagnostics: problems };
    const api = buildApi(expandDocument(await bundleSpec(spec)), 'hostile');
    const schemas = checkSchemas(api);
    if (schemas.some(({ severity }) => severity === 'error')) return { kind: 'refused', diagnostics: schemas };
    return { kind: 'accepted', api };
  } catch (error) {
    if (error instanceof InputError) return { kind: 'refused', diagnostics: error.diagnostics };
    throw error;
  }
}

export function acceptDocument(file: string, document: unknown): Promise<Outcome> {
  writeFileSync(file, JSON.stringify(document));
  return accept(file);
}

/** What makes files of it; with a plugin where the document asks for a signer. */
export function makeFiles(api: Api): readonly File[] {
  const asked = api.securitySchemes.some(({ descriptor }) => descriptor.kind === 'signature');
  const signing = asked ? { path: '/signing.ts', shown: 'signing.ts', text: SIGNING } : undefined;
  const plugins: PluginFiles = {
    shown: '.',
    signing,
    hooks: undefined,
    services: undefined,
    logic: [],
    texts: new Map(),
  };
  const { files } = inject(api, emit(api), plugins, '/package');
  const formatted = format(files);
  return signing === undefined ? formatted : [...formatted, { path: 'signing.ts', text: SIGNING }];
}

export function writeFiles(folder: string, files: readonly File[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
