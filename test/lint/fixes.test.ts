import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Diagnostic, InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { applyEdits, withFixes } from '../../scripts/lint/fixes/index.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { scratchFolder } from '../run/scratch-folder.ts';
import { ROWS } from './fix-rows.ts';

type Found = { readonly diagnostics: readonly Diagnostic[]; readonly text: string };

async function check(text: string, name = 'openapi.yaml'): Promise<Found> {
  const folder = scratchFolder('fixes');
  const file = path.join(folder, name);
  writeFileSync(file, text);
  try {
    const spec = await loadSpec(file);
    return { diagnostics: withFixes(await lintSpec(spec), spec.texts), text };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { diagnostics: withFixes(error.diagnostics, error.sources), text };
  }
}

describe('quick fixes', () => {
  it.each(ROWS)('%s: the fix removes the error', async (code, text = '', want = '', name) => {
    const { diagnostics } = await check(text, name);
    const found = diagnostics.find((each) => each.code === code && each.fix);
    expect(found, diagnostics.map((each) => `${each.code}: ${each.message} = ${each.help}`).join('\n')).toBeDefined();
    const fixed = applyEdits(text, found?.fix?.edits ?? []);
    if (want !== '') expect(fixed.split('\n').map((line) => line.trim())).toContain(want.trim());
    expect(found?.fix?.title).toMatch(/^[A-Z]/);
    const after = await check(fixed, name);
    const count = (list: readonly Diagnostic[]): number => list.filter((each) => each.code === code).length;
    expect(count(after.diagnostics), fixed).toBeLessThan(count(diagnostics));
    // A fix does not cause a new error.
    const kinds = new Set(diagnostics.map((each) => each.code));
    const syntax = after.diagnostics.filter((each) => !kinds.has(each.code) && /^(yaml|json)-/.test(each.code));
    expect(
      syntax.map((each) => `${each.code} ${each.message}`),
      fixed,
    ).toEqual([]);
  });
  it('at least 40 diagnostics have one', () => {
    expect(new Set(ROWS.map(([code]) => code)).size).toBeGreaterThanOrEqual(40);
  });
});
