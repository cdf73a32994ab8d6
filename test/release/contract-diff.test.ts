import { describe, expect, it } from 'vitest';
import type { Recorded } from '../../scripts/commands/build/manifest.ts';
import { compareContracts, compareRecorded, readContract } from '../../scripts/commands/diff/index.ts';
import { largest } from '../../scripts/commands/diff/types.ts';
import { nextVersion } from '../../scripts/commands/release/next-version.ts';
import { baseDocument, rows, set } from './spec-changes.ts';

const table = rows.map(([title, edits, bump, says, role = 'caller']) => ({ title, edits, bump, says, role }));

describe('the version bump after a change of the spec', () => {
  it.each(table)('$title → $bump', ({ edits, bump, says, role }) => {
    const after = baseDocument();
    for (const [pointer, value] of Object.entries(edits)) set(after, pointer, value);
    const changes = compareContracts(readContract(baseDocument(), 'shop'), readContract(after, 'shop'), role);
    const told = changes.map(({ operation, text }) => (operation === undefined ? text : `\`${operation}\` ${text}`));
    expect({ bump: largest(changes.map((change) => change.bump)), told: told.join('\n') }).toEqual({
      bump,
      told: expect.stringMatching(says),
    });
  });

  it('reports a signer that signs differently although the document is unchanged', () => {
    const [before, after] = [
      { signature: 'a', other: 'x' },
      { signature: 'b', other: 'x', third: 'n' },
    ].map((signers) => ({ signers, unknownKeys: 'strip' as const }));
    expect(compareRecorded(before ?? {}, after as Recorded)).toEqual([
      { bump: 'major', text: '`signature`: the same request has a different signature' },
    ]);
  });

  it.each([
    ['passthrough', 'strip', ['Validators now drop properties that a schema does not declare']],
    ['strip', 'passthrough', ['Validators no longer drop properties that a schema does not declare']],
    ['strip', 'strip', []],
    // Packages of an earlier toolkit do not contain it.
    [undefined, 'strip', []],
  ] as const)('reports validators that changed from %s to %s', (was, is, want) => {
    const before = was === undefined ? { signers: {} } : { signers: {}, unknownKeys: was };
    const changes = compareRecorded(before, { signers: {}, unknownKeys: is });
    expect(changes).toEqual(want.map((text) => ({ bump: 'major', text })));
  });

  it.each([
    [undefined, 'bigint', ['Integers of 64 bits are of the type `bigint`, not `number`']],
    ['bigint', undefined, ['Integers of 64 bits are of the type `number`, not `bigint`']],
    ['bigint', 'string', ['Integers of 64 bits are of the type `string`, not `bigint`']],
    ['string', 'string', []],
    [undefined, undefined, []],
  ] as const)('reports 64-bit integers that changed from %s to %s', (was, is, want) => {
    const of = (int64: 'bigint' | 'string' | undefined) => ({
      signers: {},
      unknownKeys: 'strip' as const,
      ...(int64 && { int64 }),
    });
    expect(compareRecorded(of(was), of(is))).toEqual(want.map((text) => ({ bump: 'major', text })));
  });

  it('handles recursive schemas', () => {
    const document = () => {
      const made = baseDocument();
      set(made, '/components/schemas/Item/properties/parts', {
        type: 'array',
        items: { $ref: '#/components/schemas/Item' },
      });
      return made;
    };
    const after = document();
    set(after, '/components/schemas/Item/properties/note/maxLength', 3);
    const changes = compareContracts(readContract(document(), 'shop'), readContract(after, 'shop'), 'caller');
    expect(changes.map(({ bump, operation }) => [bump, operation])).toEqual([
      ['minor', 'listItems'],
      ['minor', 'buyItem'],
    ]);
  });
});

describe('the next version', () => {
  it.each([
    ['1.2.3', 'major', undefined, '2.0.0'],
    ['1.2.3', 'minor', undefined, '1.3.0'],
    ['1.2.3', 'patch', undefined, '1.2.4'],
    ['0.2.3', 'major', undefined, '0.3.0'],
    ['0.2.3', 'minor', undefined, '0.2.4'],
    ['0.2.3', 'patch', undefined, '0.2.4'],
    ['0.2.3', 'patch', '1.0.0', '1.0.0'],
    ['1.4.0', 'patch', '1.0.0', '1.4.1'],
    [undefined, 'major', undefined, '0.1.0'],
    [undefined, 'none', '1.0.0', '1.0.0'],
  ] as const)('after %s with a %s change (at least %s): %s', (last, bump, atLeast, want) => {
    expect(nextVersion(last, bump, { atLeast })).toBe(want);
  });

  it.each([
    ['1.0.0', 'minor', ['1.0.0', '1.1.0', '1.1.1'], '1.1.2'],
    ['0.1.0', 'major', ['0.1.0', '0.2.0'], '0.2.1'],
    [undefined, 'none', ['0.1.0'], '0.1.1'],
    ['1.0.0', 'major', ['1.0.0'], '2.0.0'],
  ] as const)('after %s with a %s change, if %j exist: %s', (last, bump, taken, want) => {
    expect(nextVersion(last, bump, { taken })).toBe(want);
  });
});
