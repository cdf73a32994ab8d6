import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { isObject, ownMember } from '../common/document/pointer.ts';
import { didYouMean } from '../common/text/nearest.ts';
import type { LoadedSpec, SourceFile } from '../load/types.ts';
import { lintConfig } from './config.ts';
import { toDiagnostics } from './problems.ts';
import { createResolver, loadRedocly } from './redocly.ts';
import { refuse } from './refuse.ts';

/** Lints `flows.arazzo.yaml` beside the document, if there is one. */
export async function lintFlows(spec: LoadedSpec): Promise<Diagnostic[]> {
  if (!spec.flows) return [];
  const { file, problems } = spec.flows;
  if (problems.some(({ severity }) => severity === 'error')) return [...problems];
  const arazzo = ownMember(file.value, 'arazzo');
  if (typeof arazzo !== 'string' || !/^1\.[01]\.\d+$/.test(arazzo)) {
    const help = 'Start the file with `arazzo: 1.0.1`.';
    return [
      {
        severity: 'error',
        code: 'flow-version',
        message: 'The file is not an Arazzo 1 document.',
        help,
        at: file.locate('/arazzo'),
      },
    ];
  }
  return [...problems, ...unknownOperations(spec, file), ...(await lintWithRedocly(spec, file))];
}

async function lintWithRedocly(spec: LoadedSpec, file: SourceFile): Promise<Diagnostic[]> {
  const redocly = await loadRedocly();
  const document = { source: new redocly.Source(file.path, ''), parsed: file.value as never };
  const documents = new Map([[file.path, document]]);
  const externalRefResolver = createResolver(redocly, documents);
  try {
    const found = await redocly.lintDocument({ document, config: await lintConfig('arazzo'), externalRefResolver });
    return toDiagnostics(found, (_file, pointer, on) => file.locate(pointer, on));
  } catch (error) {
    return [refuse(error, spec)];
  }
}

/** A step may name an operation by its id, or after the name of the source: `$sourceDescriptions.demo.listItems`. */
function unknownOperations(spec: LoadedSpec, file: SourceFile): Diagnostic[] {
  // The operation may be in a file that cannot be read.
  if (lacksPathItems(spec)) return [];
  const ids = operationIds(spec);
  const workflows = ownMember(file.value, 'workflows');
  return (Array.isArray(workflows) ? workflows : []).flatMap((workflow: unknown, index) => {
    const steps = ownMember(workflow, 'steps');
    return (Array.isArray(steps) ? steps : []).flatMap((step: unknown, number): Diagnostic[] => {
      const named = ownMember(step, 'operationId');
      if (typeof named !== 'string') return [];
      const id = named.replace(/^\$sourceDescriptions\.[^.]+\./, '');
      if (ids.has(id)) return [];
      const pointer = `/workflows/${index}/steps/${number}/operationId`;
      const message = `The step calls \`${id}\`, but no operation has this operationId.`;
      const help = `${didYouMean(id, ids)}Use an operationId of ${spec.file}.`;
      return [{ severity: 'error', code: 'flow-operation', message, help, at: file.locate(pointer), pointer }];
    });
  });
}

/** Whether a reference to a path item cannot be resolved, so that some operations are unknown. */
function lacksPathItems({ sources, wrongRefs }: LoadedSpec): boolean {
  if (wrongRefs.size === 0) return false;
  const isWrong = (value: unknown): boolean => isObject(value) && wrongRefs.has(value);
  const itemsOf = (key: string, value: object): readonly unknown[] => {
    if (/^(?:paths|webhooks|pathItems)$/.test(key)) return [value, ...Object.values(value)];
    // Callbacks are keyed by name, then by expression.
    if (key === 'callbacks') return [...Object.values(value), ...Object.values(value).flatMap(valuesOf)];
    return [];
  };
  const open: unknown[] = [...sources.values()].map(({ value }) => value);
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, value] of Object.entries(next)) {
      if (typeof value !== 'object' || value === null) continue;
      if (itemsOf(key, value).some(isWrong)) return true;
      open.push(value);
    }
  }
  return false;
}

const valuesOf = (value: unknown): readonly unknown[] => (isObject(value) ? Object.values(value) : []);

function operationIds({ sources }: LoadedSpec): Set<string> {
  const ids = new Set<string>();
  const open: unknown[] = [...sources.values()].map(({ value }) => value);
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (isObject(next) && typeof next.operationId === 'string') ids.add(next.operationId);
    open.push(...Object.values(next));
  }
  return ids;
}
