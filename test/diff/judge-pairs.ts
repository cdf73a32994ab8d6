import { compareContracts, readContract } from '../../scripts/commands/diff/index.ts';
import { type Bump, largest } from '../../scripts/commands/diff/types.ts';
import { checkSchemas, emitValidators } from '../../scripts/emit/validators/emit-validators.ts';
import type { Api } from '../../scripts/model/types.ts';
import { type GeneratedModule, GeneratedModules } from '../validators/generated-module.ts';
import { type Contracts, compilePairs, ENDS, type End } from './judges/compile.ts';
import { differing } from './judges/differing.ts';
import { compareParts, type Part, partsOf, sidesOf } from './judges/values.ts';
import { compareWire } from './judges/wire.ts';
import type { Pair } from './pairs.ts';
import { unusedIn } from './places.ts';

/** The verdicts of one pair, for one side of the wire. */
export type Judged = {
  readonly pair: Pair;
  readonly end: End;
  readonly bump: Bump;
  /** The verdict of our comparison. */
  readonly told: readonly string[];
  readonly byCompiler: readonly string[];
  readonly byValues: readonly string[];
  /** No other judge checks the headers of responses, or tests the credentials that a server must have. */
  readonly unseen: boolean;
};

const UNSEEN = / header `|also accepts/;

type Side = {
  readonly api: Api;
  /** Verdict of the validators. */
  readonly text: string;
  readonly module: GeneratedModule;
  readonly sides: ReturnType<typeof sidesOf>;
};

/** Judges all pairs, without those whose documents `generate` rejects. */
export async function judgePairs(pairs: readonly Pair[], seed: number): Promise<readonly Judged[]> {
  const modules = new GeneratedModules();
  try {
    const sides = new Map<string, { readonly number: number; readonly side: Side }>();
    const judged: { readonly pair: Pair; readonly contracts: Contracts; readonly byValues: Record<End, string[]> }[] =
      [];
    for (const pair of pairs) {
      const shown = differing(pair);
      const after = readContract(shown.after, 'shop');
      if (checkSchemas(after).some(({ severity }) => severity === 'error')) continue;
      const key = JSON.stringify(shown.before);
      const { number, side: before } = sides.get(key) ?? {
        number: sides.size,
        side: await sideOf(readContract(shown.before, 'shop'), modules),
      };
      sides.set(key, { number, side: before });
      const byValues = await judgeValues(before, await sideOf(after, modules, before), seed);
      judged.push({ pair, contracts: { base: number, before: before.api, after }, byValues });
    }
    const complaints = compilePairs(judged.map(({ contracts }) => contracts));
    const bases = new Map<number, Api>();
    return judged.flatMap(({ pair, byValues }, index) => {
      // Whole documents: parts that the judges do not receive must have no effect.
      const before = bases.get(pair.base) ?? readContract(pair.before, 'shop');
      bases.set(pair.base, before);
      const after = readContract(pair.after, 'shop');
      return ENDS.map((end): Judged => {
        const changes = compareContracts(before, after, end);
        const bump = largest(changes.map((change) => change.bump));
        return {
          pair,
          end,
          bump,
          told: changes.map((change) => `${change.bump}: ${change.operation ?? ''} ${change.text}`),
          byCompiler: complaints[index]?.[end] ?? [],
          byValues: byValues[end],
          unseen: bump === 'major' && changes.every((change) => change.bump !== 'major' || UNSEEN.test(change.text)),
        };
      });
    });
  } finally {
    modules.remove();
  }
}

/** @param like a side whose validators are loaded: many changes do not affect them */
async function sideOf(api: Api, modules: GeneratedModules, like?: Side): Promise<Side> {
  const text = emitValidators(api)
    .map((file) => file.text)
    .join('\n');
  const module = text === like?.text ? like.module : await modules.import(text);
  return { api, text, module, sides: sidesOf(api) };
}

async function judgeValues(before: Side, after: Side, seed: number): Promise<Record<End, string[]>> {
  const found: Record<End, string[]> = { caller: [], receiver: [] };
  const judge = (where: string, part: Part, other: Part): void => {
    const documents = [before.sides[part.goes], after.sides[part.goes]] as const;
    for (const { effect, goes, text } of compareParts(part, other, documents, seed)) {
      const reader: End = goes === 'request' ? 'receiver' : 'caller';
      const writer: End = goes === 'request' ? 'caller' : 'receiver';
      found[effect === 'narrower' ? writer : reader].push(`${where} ${text}`);
    }
  };
  for (const operation of before.api.operations) {
    const now = after.api.operations.find(({ operationId }) => operationId === operation.operationId);
    if (now === undefined) continue;
    const old = partsOf(operation, before.module.validators[operation.identifier], before.sides);
    const parts = partsOf(now, after.module.validators[now.identifier], after.sides);
    for (const part of old) {
      const other = parts.find(({ name, goes }) => name === part.name && goes === part.goes);
      if (other !== undefined) judge(operation.operationId, part, other);
    }
    const apis = { before: before.api, after: after.api };
    const wire = await compareWire(
      apis,
      { before: operation, after: now },
      { before: old, after: parts },
      before.sides,
      seed,
    );
    for (const end of ENDS) found[end].push(...wire.map((text) => `${operation.operationId} ${text}`));
  }
  // A class is exported for each code, by its name.
  const [was, is] = [before, after].map(({ api }) => new Set(classesOf(api)));
  for (const name of was ?? [])
    if (!is?.has(name)) for (const end of ENDS) found[end].push(`the error ${name} was removed`);
  for (const name of unusedIn(before.api.document, after.api.document)) {
    for (const goes of ['request', 'response'] as const) {
      const [part, other] = [before, after].map(({ api, module }) => componentOf(name, goes, api, module));
      if (part !== undefined && other !== undefined) judge(name, part, other);
    }
  }
  return found;
}

const classesOf = ({ descriptor }: Api): readonly string[] =>
  Object.entries(descriptor.envelope.errors).map(([code, { name }]) => `${name} of ${code}`);

/** The validator that is exported by a component's name. */
function componentOf(name: string, goes: Part['goes'], { schemas }: Api, module: GeneratedModule): Part | undefined {
  const schema = schemas.get(name);
  const check = module[name]?.['~standard'].validate;
  return schema === undefined
    ? undefined
    : { name, goes, schema: schema as Part['schema'], check: check as Part['check'] };
}
