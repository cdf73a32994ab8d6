import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBoth } from './agreement/both-servers.ts';
import { compareVerdicts } from './agreement/compare.ts';
import { loadProvider, PROVIDERS, workspace } from './support.ts';

describe('the mock checks the same as the generated server', () => {
  it.each(PROVIDERS)('%s: both accept valid requests and reject invalid ones', async (name) => {
    const both = await openBoth(await loadProvider(name), join(workspace.generated, name));
    const { accepted, refused, wrong } = await compareVerdicts(both, ['a'], 6);
    expect(wrong).toEqual([]);
    expect(accepted).toBeGreaterThan(5);
    // The requests of moonpacket have only optional strings, so that none of them can be invalid.
    if (name !== 'moonpacket') expect(refused).toBeGreaterThan(5);
  });
});
