import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { type Diagnostic, InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { emitAround, emitCode, emitData } from '../../scripts/emit/index.ts';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { checkSchemas } from '../../scripts/emit/validators/emit-validators.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { format } from '../../scripts/format/index.ts';
import { inject } from '../../scripts/inject/index.ts';
import type { LintProfile } from '../../scripts/lint/config.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import type { PluginFiles } from '../../scripts/load/load-plugins.ts';
import { buildApi } from '../../scripts/model/index.ts';
import type { Api, File } from '../../scripts/model/types.ts';
import { checked } from '../emit/checked.ts';

export type Outcome =
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'accepted'; readonly api: Api };

/** A plugin with every signer that the document needs, by any name. */
function signingPlugin(api: Api): string | undefined {
  const names = api.securitySchemes.flatMap(({ descriptor }) =>
    descriptor.kind === 'signature' ? [descriptor.signer] : [],
  );
  if (names.length === 0) return undefined;
  const exported = [...new Set(names)].map((name) => `signer as ${name}`).join(', ');
  return `import { defineSigner } from '@countersign/runtime/signing';

const signer = defineSigner({ stringToSign: () => '', sign: async () => 'x' });
export { ${exported} };
`;
}

/** Reads and checks a document. Lint mostly uses the rules for external documents, so that more strings pass. */
export async function accept(file: string, profile: LintProfile = 'essential'): Promise<Outcome> {
  try {
    const spec = await loadSpec(file);
    const problems = await lintSpec(spec, { profile });
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

export function acceptDocument(file: string, document: unknown, profile?: LintProfile): Promise<Outcome> {
  writeFileSync(file, JSON.stringify(document));
  return accept(file, profile);
}

/** Generates its files, with a plugin if the document needs a signer. */
export async function makeFiles(api: Api): Promise<readonly File[]> {
  const text = signingPlugin(api);
  const signing = text === undefined ? undefined : { path: '/package/signing.ts', shown: 'signing.ts', text };
  const plugins: PluginFiles = {
    shown: '.',
    signing,
    hooks: undefined,
    services: undefined,
    logic: [],
    texts: new Map(),
  };
  const { files, diagnostics } = inject(api, await emitCode(api), plugins, '/package');
  if (diagnostics.length > 0) throw new InputError(diagnostics);
  const modules = [...files, ...emitTypes(api), ...(await emitData(api))];
  const formatted = format([
    ...modules,
    ...(await emitAround(api, {}, '@countersign', new Set(modules.map(({ path }) => path)))),
  ]);
  return text === undefined ? formatted : [...formatted, { path: 'signing.ts', text }];
}

export function writeFiles(folder: string, files: readonly File[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), checked(text));
  }
}
