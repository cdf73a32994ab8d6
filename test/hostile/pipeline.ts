import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSpec } from '../../scripts/bundle.ts';
import { type Diagnostic, InputError } from '../../scripts/diagnostic.ts';
import { checkSchemas } from '../../scripts/emit/validators.ts';
import { emit } from '../../scripts/emit.ts';
import { expandDocument } from '../../scripts/expand.ts';
import { format } from '../../scripts/format.ts';
import { inject } from '../../scripts/inject.ts';
import { lintSpec } from '../../scripts/lint.ts';
import type { LintProfile } from '../../scripts/lint/config.ts';
import { loadSpec } from '../../scripts/load.ts';
import type { PluginFiles } from '../../scripts/load-plugins.ts';
import { buildApi } from '../../scripts/model/build.ts';
import type { Api, File } from '../../scripts/model/types.ts';

export type Outcome =
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'made'; readonly api: Api; readonly files: readonly File[] };

const SIGNING = `import { defineSigner } from '@countersign/runtime/signing';
export const sign = defineSigner({ sign: async () => 'x' });
`;

/** Signers that documents ask for; a plugin is read as text and never run. */
const plugins = (api: Api): PluginFiles => {
  const asked = api.securitySchemes.some(({ descriptor }) => descriptor.kind === 'signature');
  const signing = asked ? { path: '/signing.ts', shown: 'plugins/signing.ts', text: SIGNING } : undefined;
  return { shown: 'plugins', signing, hooks: undefined, services: undefined, logic: [] };
};

/** The pipeline up to the text of the files. Lint is the lenient one of other people's documents, so that more strings pass. */
export async function make(file: string, profile: LintProfile = 'essential'): Promise<Outcome> {
  try {
    const spec = await loadSpec(file);
    const problems = await lintSpec(spec, { profile });
    if (problems.some(({ severity }) => severity === 'error')) return { kind: 'refused', diagnostics: problems };
    const api = buildApi(expandDocument(await bundleSpec(spec)), 'hostile');
    const schemas = checkSchemas(api);
    if (schemas.some(({ severity }) => severity === 'error')) return { kind: 'refused', diagnostics: schemas };
    const { files } = inject(api, emit(api), plugins(api), '/generated/hostile');
    return { kind: 'made', api, files };
  } catch (error) {
    if (error instanceof InputError) return { kind: 'refused', diagnostics: error.diagnostics };
    throw error;
  }
}

/** The same, of a document that is not on the disk yet. */
export async function makeDocument(
  folder: string,
  name: string,
  document: unknown,
  profile?: LintProfile,
): Promise<Outcome> {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify(document));
  return make(file, profile);
}

/** Writes a made package and gives its folder. */
export function writePackage(folder: string, files: readonly File[]): string {
  for (const { path, text } of format(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
