import path from 'node:path';
import type { Diagnostic } from '../diagnostic.ts';
import { displayPath, readInside } from '../load/read-file.ts';
import { parseSource } from '../load/source-file.ts';
import { defaultLimits, type LoadedSpec } from '../load/types.ts';
import { isObject } from '../pointer.ts';
import { lintConfig } from './config.ts';
import { toDiagnostics } from './problems.ts';
import { createResolver, loadRedocly } from './redocly.ts';

/** Lints `flows.arazzo.yaml` beside the document, where there is one. */
export async function lintFlows({ path: spec, root }: LoadedSpec): Promise<Diagnostic[]> {
  const file = path.join(path.dirname(spec), 'flows.arazzo.yaml');
  const read = readInside(file, root, defaultLimits.fileSize);
  if (read.kind !== 'text') return [];
  const { file: source, problems } = parseSource(read.path, displayPath(read.path), read.text, defaultLimits);
  if (problems.some(({ severity }) => severity === 'error')) return [...problems];
  if (
    !isObject(source.value) ||
    typeof source.value.arazzo !== 'string' ||
    !/^1\.[01]\.\d+$/.test(source.value.arazzo)
  ) {
    return [
      {
        severity: 'error',
        code: 'arazzo-version',
        message: 'This is no Arazzo 1 document.',
        help: 'Start the file with `arazzo: 1.0.1`.',
        at: source.locate('/arazzo', 'key'),
      },
    ];
  }
  const redocly = await loadRedocly();
  const document = { source: new redocly.Source(source.path, ''), parsed: source.value as never };
  const externalRefResolver = createResolver(redocly, new Map([[source.path, document]]), (base, uri) =>
    path.resolve(path.dirname(base), uri),
  );
  const found = await redocly.lintDocument({ document, config: await lintConfig('arazzo'), externalRefResolver });
  return [...problems, ...toDiagnostics(found, (_file, pointer, on) => source.locate(pointer, on))];
}
