import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { compareContracts, readContract } from '../../scripts/commands/diff/index.ts';
import { type Bump, largest } from '../../scripts/commands/diff/types.ts';
import { expandDocument } from '../../scripts/expand/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import type { Api } from '../../scripts/model/types.ts';

const FOLDER = join(import.meta.dirname, '../fixtures/diffs');

/** A document in the layout of `openapi.json` as `generate` writes it. */
async function contractOf(pair: string, file: string): Promise<Api> {
  const { document } = expandDocument(await bundleSpec(await loadSpec(join(FOLDER, pair, file), {})));
  return readContract(JSON.parse(JSON.stringify(document)), 'shop');
}

type Wanted = readonly [pair: string, caller: Bump, receiver: Bump, says: string];

/** A pair of documents, the version bumps that the change causes for caller and receiver, and a part of the changelog. */
const WANTED: readonly Wanted[] = [
  ['allof-branch-removed-request', 'major', 'major', 'request: `b` was removed'],
  ['alsoin-reordered', 'minor', 'minor', 'read in a different order'],
  ['diff-and-release-disagree', 'major', 'major', 'The schema `A` was removed'],
  ['discriminator-added', 'major', 'minor', 'the value is selected by `kind`'],
  ['discriminator-mapping-request', 'major', 'major', 'the value is no longer selected by `cat`'],
  ['enum-value-removed-response', 'major', 'major', '`s` can no longer be `"b"`'],
  ['false-allof-optional-branch-request', 'minor', 'minor', '`b` is new and optional'],
  ['false-allof-refactor', 'none', 'none', ''],
  ['false-non-success-removed', 'minor', 'major', 'no longer responds with `409`'],
  ['false-oneof-inline-to-ref', 'patch', 'patch', 'The schema `A` is new'],
  ['false-single-to-anyof', 'minor', 'major', '`a` may now be integer'],
  ['header-name-case', 'major', 'major', 'the header `X-Trace` is now spelled `x-trace`'],
  ['map-names-member-response', 'major', 'major', '`b` was integer and is string'],
  ['multipart-encoding-changed', 'major', 'major', 'the part `f` of `multipart/form-data` is serialized differently'],
  ['oneof-overlap-added-request', 'major', 'major', 'branches that accept the same values'],
  ['parameter-default-changed', 'minor', 'major', 'has the default `20`, before `10`'],
  ['parameter-deprecated', 'minor', 'minor', 'query `limit` is deprecated'],
  ['readonly-added', 'major', 'major', '`id` was removed: only the other direction has it'],
  ['ref-sibling-exponential', 'none', 'none', ''],
  ['ref-sibling-hides-gone-member', 'major', 'major', '`note` was removed'],
  ['ref-sibling-hides-required', 'major', 'minor', '`count` is now required'],
  ['ref-sibling-recursion-crash', 'minor', 'minor', '`note` is new and optional'],
  ['response-default-removed', 'major', 'minor', '`on` has no default, before `false`'],
  ['response-header-removed', 'major', 'minor', 'response 200 no longer has the header `x-total`'],
  ['response-media-type-added', 'major', 'minor', 'response 200 may be `text/csv`'],
  ['response-time-lowered-receiver', 'minor', 'major', 'Calls have different time limits'],
  ['retry-key-dropped', 'major', 'major', 'before `idempotent` by header `X-Once`'],
];

describe('a change between two documents has the expected version bump', () => {
  it.each(WANTED)('%s', async (pair = '', caller, receiver, says) => {
    const [before, after] = [await contractOf(pair, 'base.yaml'), await contractOf(pair, 'revision.yaml')];
    const changes = (['caller', 'receiver'] as const).map((role) => compareContracts(before, after, role));
    expect(changes.map((list) => largest(list.map(({ bump }) => bump)))).toEqual([caller, receiver]);
    for (const list of changes) expect(list.map(({ text }) => text).join('\n')).toContain(says);
    // An unchanged document causes no line.
    for (const api of [before, after]) expect(compareContracts(api, api, 'both')).toEqual([]);
  });

  it('every pair has a row', () => {
    expect(readdirSync(FOLDER).sort()).toEqual(WANTED.map(([pair]) => pair));
  });
});
