import { join } from 'node:path';
import { type Diagnostic, InputError, type Sources } from '../common/diagnostics/diagnostic.ts';
import { settingsOf, specFile, type Workspace } from '../config/workspace.ts';
import { withFixes } from '../lint/fixes/index.ts';
import { lintSpec } from '../lint/index.ts';
import { loadSpec } from '../load/index.ts';
import { loadPlugins } from '../load/load-plugins.ts';
import type { LoadedSpec, Parse } from '../load/types.ts';

/** The diagnostics of `lint` for a spec, and the texts with their locations. */
export type Checked = {
  readonly diagnostics: readonly Diagnostic[];
  /** Display path → text. */
  readonly sources: ReadonlyMap<string, string>;
  /** Undefined if the root file cannot be read or parsed. */
  readonly spec: LoadedSpec | undefined;
};

/**
 * Checks the spec of a provider as `lint` does. Errors contain their fixes.
 * @param unsaved absolute path → unsaved text of an editor
 * @param parse `openParsed()` in a process that checks repeatedly
 */
export async function checkSpec(
  workspace: Workspace,
  provider: string,
  unsaved: ReadonlyMap<string, string> = new Map(),
  parse?: Parse,
): Promise<Checked> {
  const settings = settingsOf(workspace, provider);
  try {
    const spec = await loadSpec(specFile(workspace, provider), { ...settings, unsaved, parse });
    const found = await lintSpec(spec, { profile: settings.lint ?? 'strict' });
    const recipes = found.every(({ severity }) => severity !== 'error') ? await checkRecipes(spec, provider) : [];
    const { problems, sources } = await checkSigners(workspace, provider, unsaved);
    const texts = new Map([...spec.texts, ...sources]);
    return { diagnostics: withFixes([...found, ...recipes, ...problems], texts), sources: texts, spec };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { diagnostics: withFixes(error.diagnostics, error.sources), sources: error.sources, spec: undefined };
  }
}

/** What only the model can check: names and vectors of signing recipes. */
async function checkRecipes(spec: LoadedSpec, provider: string): Promise<readonly Diagnostic[]> {
  const [{ bundleSpec }, { expandDocument }, { buildApi }, { checkSigning }] = await Promise.all([
    import('../bundle/index.ts'),
    import('../expand/index.ts'),
    import('../model/index.ts'),
    import('../model/signing/check.ts'),
  ]);
  return checkSigning(buildApi(expandDocument(await bundleSpec(spec)), provider, spec.file));
}

/** Signers in TypeScript, read as text. ts-morph is loaded only if there is one. */
async function checkSigners(
  workspace: Workspace,
  provider: string,
  unsaved: ReadonlyMap<string, string>,
): Promise<{ readonly problems: readonly Diagnostic[]; readonly sources: Sources }> {
  const { signing } = await loadPlugins(join(workspace.plugins, provider), workspace.root);
  if (!signing) return { problems: [], sources: new Map() };
  const text = unsaved.get(signing.path) ?? signing.text;
  const { lintSigners } = await import('../inject/index.ts');
  const problems = lintSigners({ ...signing, text });
  return { problems, sources: problems.length > 0 ? new Map([[signing.shown, text]]) : new Map() };
}
