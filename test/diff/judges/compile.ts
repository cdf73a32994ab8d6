import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fixedQuery } from '@countersign/runtime/contract';
import { emitTypes } from '../../../scripts/emit/types/emit-types.ts';
import type { Api, Operation } from '../../../scripts/model/types.ts';
import { unusedIn } from '../places.ts';
import { PROBE } from './probe-types.ts';

export type End = 'caller' | 'receiver';
export const ENDS: readonly End[] = ['caller', 'receiver'];

/** Two contracts. The first one is shared by several pairs. */
export type Contracts = { readonly base: number; readonly before: Api; readonly after: Api };

/** Errors of the compiler for a pair, by the side whose programs they affect. */
export type Complaints = Readonly<Record<End, readonly string[]>>;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const key = (text: string): string => JSON.stringify(text);

/** The types of a contract, with its envelope, because types of data depend on it. */
function modelText(api: Api): string {
  const [{ text } = { text: '' }] = emitTypes(api);
  return `${text}\nexport const envelope = ${JSON.stringify(api.descriptor.envelope)} as const;\n`;
}

/** Query parameters that dispatch sets. */
const fixed = ({ descriptor }: Operation): string => fixedQuery(descriptor.when).map(key).join(' | ') || 'never';

const codes = ({ descriptor }: Operation): string =>
  descriptor.codes.map((code) => JSON.stringify(code)).join(' | ') || 'never';

/** One line per expectation: code that is valid for the old types is valid for the new ones. */
function programOf({ before, after }: Contracts, end: End): readonly string[] {
  const lines: string[] = [];
  const later = new Map(after.operations.map((operation) => [operation.operationId, operation]));
  /** A value of one type is used as the other type, and its names are used. */
  const given = (from: string, to: string): void =>
    void lines.push(`((value: ${from}): ${to} => value);`, `((name: Used<${from}>): Allowed<${to}> => name);`);
  const read = (was: string, is: string): void =>
    void lines.push(`((value: ${is}): ${was} => value);`, `((name: Used<${was}>): Allowed<${is}> => name);`);
  for (const operation of before.operations) {
    const now = later.get(operation.operationId);
    const [was, is] = [`Old[${key(operation.identifier)}]`, `New[${key(now?.identifier ?? operation.identifier)}]`];
    const [mine, yours] = [fixed(operation), fixed(now ?? operation)];
    if (end === 'caller') {
      lines.push(`((name: MediaTypes<${was}>): MediaTypes<${is}> => name);`);
      given(`Input<${was}, ${mine}>`, `Input<${is}, ${yours}>`);
      read(`Data<${was}, typeof old>`, `Data<${is}, typeof now>`);
      // The types of operations are exported. No type of a caller names a removed failure.
      read(`Successes<${was}>`, `Successes<${is}>`);
      read(
        `Shared<FailureBodies<${was}>, FailureBodies<${is}>>`,
        `Shared<FailureBodies<${is}>, FailureBodies<${was}>>`,
      );
    } else {
      lines.push(`((name: MediaTypes<${was}>): MediaTypes<${is}> => name);`);
      read(`HandlerInput<${was}, ${mine}>`, `HandlerInput<${is}, ${yours}>`);
      given(
        `HandlerResult<${was}, typeof old, ${codes(operation)}>`,
        `HandlerResult<${is}, typeof now, ${codes(now ?? operation)}>`,
      );
    }
  }
  const unused = unusedIn(before.document, after.document);
  // Schemas are exported by name. The direction of a schema without an operation is unknown.
  for (const name of before.schemas.keys()) lines.push(`((name: ${key(name)}): keyof NewParts['schemas'] => name);`);
  for (const name of before.schemas.keys())
    if (unused.has(name) && after.schemas.has(name)) {
      given(`OldParts['schemas'][${key(name)}]`, `NewParts['schemas'][${key(name)}]`);
      read(`OldParts['schemas'][${key(name)}]`, `NewParts['schemas'][${key(name)}]`);
    }
  return lines;
}

/** Compiles all pairs at once. */
export function compilePairs(pairs: readonly Contracts[]): readonly Complaints[] {
  const cache = join(root, 'node_modules/.cache/countersign');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'diff-'));
  try {
    const contract = JSON.stringify(join(root, 'runtime/contract/index.ts'));
    const bases = new Set<number>();
    writeFileSync(join(folder, 'probe.ts'), PROBE);
    for (const [index, pair] of pairs.entries()) {
      if (!bases.has(pair.base)) writeFileSync(join(folder, `base-${pair.base}.ts`), modelText(pair.before));
      bases.add(pair.base);
      writeFileSync(join(folder, `after-${index}.ts`), modelText(pair.after));
      for (const end of ENDS) {
        const imports = [
          `import type { HandlerResult, Data, FailureBodies, HandlerInput, Input } from ${contract};`,
          `import type { components as OldParts, envelope as old, operations as Old } from './base-${pair.base}.ts';`,
          `import type { components as NewParts, envelope as now, operations as New } from './after-${index}.ts';`,
          `import type { Allowed, MediaTypes, Shared, Successes, Used } from './probe.ts';`,
        ];
        writeFileSync(join(folder, `${end}-${index}.ts`), [...imports, ...programOf(pair, end), ''].join('\n'));
      }
    }
    const compilerOptions = { noEmit: true, paths: {}, types: [], allowUnusedLabels: true };
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'], exclude: [] }),
    );
    const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
    const { stdout, stderr } = spawnSync(process.execPath, [compiler, '-p', folder, '--pretty', 'false'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    if (stderr !== '') throw new Error(stderr.slice(0, 2_000));
    return sortComplaints(stdout, pairs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Number of lines before the first expectation. */
const HEAD = 4;

function sortComplaints(output: string, pairs: readonly Contracts[]): readonly Complaints[] {
  const found = pairs.map(() => ({ caller: [] as string[], receiver: [] as string[] }));
  for (const line of output.split('\n')) {
    if (/^\s/.test(line) || line === '') continue;
    const [, end, index, at, message] = /(caller|receiver)-(\d+)\.ts\((\d+),\d+\): error (.*)$/.exec(line) ?? [];
    const [complaints, pair] = [found[Number(index)], pairs[Number(index)]];
    // Any other error is a bug of ours: generated types that do not compile.
    if (complaints === undefined || pair === undefined) throw new Error(line);
    complaints[end as End].push(`${programOf(pair, end as End)[Number(at) - HEAD - 1]} ${message}`);
  }
  return found;
}
