import { mkdtempSync, readFileSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { editorFiles } from '../../scripts/commands/init/editor.ts';
import { schemaLine, withSchemaLine } from '../../scripts/commands/init/schema-line.ts';
import { formatDiagnostics } from '../../scripts/common/diagnostics/report.ts';
import { run } from '../cli/run.ts';

const LINE = '# yaml-language-server: $schema=../../node_modules/countersign/specs/x-cs.schema.json\n';

it.each([
  ['specs/acme/openapi.yaml', '../../node_modules/countersign/specs/x-cs.schema.json'],
  ['contracts/v1/acme/openapi.yml', '../../../node_modules/countersign/specs/x-cs.schema.json'],
])('the schema is found from %s', (spec, path) => {
  expect(schemaLine(spec)).toBe(`# yaml-language-server: $schema=${path}\n`);
});

it('docs/editors.md shows the line', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/editors.md'), 'utf8');
  expect(page).toContain(`\`\`\`yaml\n${LINE}`);
});

it.each([
  ['YAML', 'openapi: 3.1.1\n', 'specs/acme/openapi.yaml', `${LINE}openapi: 3.1.1\n`],
  ['YAML with a byte order mark', '\uFEFFopenapi: 3.1.1\n', 'specs/acme/openapi.yaml', `${LINE}openapi: 3.1.1\n`],
  [
    'YAML that names a schema',
    '# yaml-language-server: $schema=a.json\na: 1\n',
    'specs/acme/openapi.yaml',
    '# yaml-language-server: $schema=a.json\na: 1\n',
  ],
  ['JSON, which has no comments', '{}', 'specs/acme/openapi.json', '{}'],
])('%s gets the line once, where a comment is allowed', (_, text, spec, want) => {
  expect(withSchemaLine(text, spec)).toBe(want);
});

it('init --editor vscode writes settings, and a matcher that matches each line of a report', async () => {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-editor-')));
  const { code, out } = await run(['init', '--yes', '--editor', 'vscode'], root);
  expect(code).toBe(0);
  expect(out).toContain('.vscode/tasks.json');
  const read = (name: string) => JSON.parse(readFileSync(join(root, '.vscode', name), 'utf8'));
  expect(Object.keys(read('settings.json')['yaml.schemas'])).toEqual([
    './node_modules/countersign/specs/x-cs.schema.json',
  ]);
  const [head, place] = read('tasks.json').tasks[0].problemMatcher.pattern.map(
    ({ regexp }: { regexp: string }) => new RegExp(regexp),
  );
  const at = { file: 'specs/acme/openapi.yaml', line: 12, column: 7 };
  const report = formatDiagnostics(
    [
      { severity: 'error', code: 'yaml-tab', message: 'A tab.', help: 'Use spaces.', at },
      { severity: 'warning', code: 'operation-summary', message: 'No [summary]: none.', help: '', at },
    ],
    { color: false },
  ).split('\n');
  const found = report.flatMap((line, index) => {
    const first = head.exec(line);
    return first === null ? [] : [[...first.slice(1), ...place.exec(report[index + 1]).slice(1)]];
  });
  expect(found).toEqual([
    ['error', 'yaml-tab', 'A tab.', 'specs/acme/openapi.yaml', '12', '7'],
    ['warning', 'operation-summary', 'No [summary]: none.', 'specs/acme/openapi.yaml', '12', '7'],
  ]);
  expect(editorFiles('vscode')).toHaveLength(3);
});
