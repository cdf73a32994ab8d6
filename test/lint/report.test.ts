import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../scripts/common/diagnostics/diagnostic.ts';
import { countDiagnostics, formatDiagnostics, printable } from '../../scripts/common/diagnostics/report.ts';

const problem = (more: Partial<Diagnostic> = {}): Diagnostic => ({
  severity: 'error',
  code: 'dispatch-overlap',
  message: 'A request could mean both.',
  help: 'Let them differ.',
  at: { file: 'specs/x/openapi.yaml', line: 2, column: 7 },
  ...more,
});
const sources = new Map([['specs/x/openapi.yaml', 'paths:\n  /a: { get: 1 }\r\n  /b: {}\n']]);

describe('formatDiagnostics', () => {
  test('prints code, message, location, source line with caret, and help', () => {
    expect(
      formatDiagnostics([problem()], { color: false, sources }),
    ).toBe(`error[dispatch-overlap]: A request could mean both.
 --> specs/x/openapi.yaml:2:7
  |
2 |   /a: { get: 1 }
  |       ^
  = help: Let them differ.`);
  });

  test('omits the source line if the text is missing', () => {
    expect(formatDiagnostics([problem({ severity: 'warning' })], { color: false })).toBe(
      'warning[dispatch-overlap]: A request could mean both.\n --> specs/x/openapi.yaml:2:7\n  = help: Let them differ.',
    );
  });

  test('sorts by file, line and column', () => {
    const places = [
      ['b', 1, 1],
      ['a', 10, 1],
      ['a', 9, 2],
      ['a', 9, 1],
    ] as const;
    const report = formatDiagnostics(
      places.map(([file, line, column]) => problem({ at: { file, line, column } })),
      { color: false },
    );
    expect(report.match(/--> .*/g)).toEqual(['--> a:9:1', '--> a:9:2', '--> a:10:1', '--> b:1:1']);
  });

  test('prints colors only if they are enabled', () => {
    const start = String.fromCharCode(27);
    expect(formatDiagnostics([problem()], { color: true, sources })).toContain(`${start}[31m`);
    expect(formatDiagnostics([problem()], { color: false, sources })).not.toContain(start);
  });

  test('shortens a very long line around the location', () => {
    const line = `${'a'.repeat(5000)}HERE${'b'.repeat(5000)}`;
    const report = formatDiagnostics([problem({ at: { file: 'f', line: 1, column: 5001 } })], {
      color: false,
      sources: new Map([['f', line]]),
    });
    const [shown, caret] = report.split('\n').slice(3, 5);
    expect(shown?.length).toBeLessThan(200);
    expect(shown?.slice(caret?.indexOf('^')).startsWith('HERE')).toBe(true);
  });
});

describe('escapes document text for the terminal', () => {
  test.each([
    ['colour', '\u001b[31mred', '\\u001b[31mred'],
    ['a window title', '\u001b]0;x\u0007', '\\u001b]0;x\\u0007'],
    ['C1', '\u009b31m', '\\u009b31m'],
    ['carriage return', 'a\rb', 'a\\u000db'],
    ['new line', 'a\nb', 'a\\u000ab'],
    ['line separator', 'a\u2028b', 'a\\u2028b'],
    ['bidi', 'a\u202eb\u2066c', 'a\\u202eb\\u2066c'],
    ['zero width', 'a\u200bb', 'a\\u200bb'],
    ['NUL', 'a\0b', 'a\\u0000b'],
    ['lone surrogate', 'a\ud800b', 'a\\ud800b'],
    ['other scripts', 'żółw 日本 😀', 'żółw 日本 😀'],
  ])('%s', (_name, given, want) => {
    expect(printable(given)).toBe(want);
    const report = formatDiagnostics(
      [problem({ code: given, message: given, help: given, at: { file: given, line: 1, column: 1 } })],
      { color: false, sources: new Map([[given, given]]) },
    );
    expect(report.replace(/\n/g, '')).toBe(printable(report.replace(/\n/g, '')));
  });

  test('puts the caret under its target, also behind an escaped character', () => {
    const report = formatDiagnostics([problem({ at: { file: 'f', line: 1, column: 3 } })], {
      color: false,
      sources: new Map([['f', '\u001bab']]),
    });
    expect(report.split('\n').slice(3, 5)).toEqual(['1 | \\u001bab', '  |        ^']);
  });
});

test.each([
  [[], 'no errors'],
  [[problem()], '1 error'],
  [[problem(), problem(), problem({ severity: 'warning' })], '2 errors, 1 warning'],
])('%#: counts errors and warnings', (given, want) => {
  expect(countDiagnostics(given)).toBe(want);
});
