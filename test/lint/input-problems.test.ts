import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Diagnostic, InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../scripts/common/diagnostics/report.ts';
import { lintSpec } from '../../scripts/lint/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';
import { wanted } from './wanted-problems.ts';

const folder = path.join(import.meta.dirname, '../fixtures/input');

async function problemsOf(fixture: string): Promise<readonly Diagnostic[]> {
  const json = path.join(folder, fixture, 'openapi.json');
  try {
    return await lintSpec(await loadSpec(existsSync(json) ? json : path.join(folder, fixture, 'openapi.yaml')));
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics;
    throw error;
  }
}

describe('invalid input', () => {
  test.for(Object.entries(wanted))('%s', async ([fixture, want]) => {
    const found = await problemsOf(fixture);
    const shown = found.map(({ severity, code, at, message, help }) => {
      const file = path.relative(path.join(folder, fixture), path.resolve(at.file));
      const place = `${file.startsWith('openapi.') ? '' : `${file}:`}${at.line}:${at.column}`;
      return [`${severity === 'warning' ? 'warning ' : ''}${code} ${place}`, message, help];
    });
    expect(shown).toEqual(want);
    // No message contains a secret of a referenced file, or the absolute path of a file outside the folder.
    const report = formatDiagnostics(found, { color: false });
    expect(report).not.toContain('TOP-SECRET');
    expect(report).not.toContain(process.cwd());
  });

  test('every fixture has a row', () => {
    expect(readdirSync(folder).sort()).toEqual(Object.keys(wanted).sort());
  });

  test('at least 25 kinds of errors have a fixture', () => {
    const codes = Object.values(wanted).flatMap((problems) => problems.map(([place]) => place.split(' ')[0]));
    expect(new Set(codes).size).toBeGreaterThanOrEqual(25);
  });
});
