import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { settingsOf, specFile, type Workspace } from '../../config/workspace.ts';
import { hashPaths } from '../../generate/cache.ts';
import type { Expanded } from '../../model/index.ts';
import type { ExpandedDocument } from '../../model/types.ts';

const TOOLKIT = fileURLToPath(new URL('../../', import.meta.url));
/** The folders of the stages that create the document. */
const STAGES = ['load', 'bundle', 'expand', 'common/document'];
/** Dependencies of the stages: the libraries here, or the toolkit's version if it is installed. */
const VERSIONS = ['../package.json', '../package-lock.json'];

/**
 * The bundled and expanded document of a spec. It is cached by the content of its inputs, because a mock is started
 * more often than a spec changes. Places for diagnostics are only known when it is computed.
 *
 * @throws {InputError} with the errors of the spec.
 */
export async function loadDocument(workspace: Workspace, provider: string): Promise<Expanded> {
  const kept = join(dirname(workspace.cache), 'mock', `${provider}.json`);
  // Other inputs can only be files of allowed hosts. A change there takes effect after the next change here.
  const sources = [join(workspace.specs, provider), ...[...STAGES, ...VERSIONS].map((path) => join(TOOLKIT, path))];
  const hash = hashPaths(sources, workspace.root);
  const known = await readKept(kept);
  if (known?.hash === hash) {
    const at = { file: specFile(workspace, provider), line: 1, column: 1 };
    return { document: known.document, locate: () => at };
  }
  const [{ loadSpec }, { bundleSpec }, { expandDocument }] = await Promise.all([
    import('../../load/index.ts'),
    import('../../bundle/index.ts'),
    import('../../expand/index.ts'),
  ]);
  const expanded = expandDocument(
    await bundleSpec(await loadSpec(specFile(workspace, provider), settingsOf(workspace, provider))),
  );
  await keep(kept, JSON.stringify({ hash, document: expanded.document }));
  return expanded;
}

type Kept = { readonly hash: string; readonly document: ExpandedDocument };

async function readKept(file: string): Promise<Kept | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Kept;
  } catch {
    return undefined;
  }
}

/** Written completely or not at all. If the folder is not writable, the start is only slower. */
async function keep(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true });
  }
}
