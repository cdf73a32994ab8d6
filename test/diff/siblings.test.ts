import { describe, expect, it } from 'vitest';
import { compareContracts, readContract } from '../../scripts/commands/diff/index.ts';
import { largest } from '../../scripts/commands/diff/types.ts';
import { tables } from './siblings/index.ts';
import { expanded } from './siblings/row.ts';

const LETTERS = { major: 'M', minor: 'm', patch: 'p', none: 'n' } as const;

describe.each(Object.entries(tables))('the version bump for caller and receiver after a change of %s', (_, rows) => {
  it.each(rows)('$title → $want', async ({ before, after, want, says }) => {
    const [old, now] = [readContract(await expanded(before), 'shop'), readContract(await expanded(after), 'shop')];
    const changes = (['caller', 'receiver'] as const).map((role) => compareContracts(old, now, role));
    const told = changes.map((list) => list.map(({ bump, text }) => `${bump}: ${text}`).join('\n'));
    const bumps = changes.map((list) => LETTERS[largest(list.map(({ bump }) => bump))]);
    expect(bumps.join(''), told.join('\n')).toBe(want);
    if (says !== undefined) for (const list of told) expect(list).toContain(says);
    for (const api of [old, now]) expect(compareContracts(api, api, 'both')).toEqual([]);
  });
});
