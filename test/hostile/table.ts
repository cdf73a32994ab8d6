import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../scripts/common/diagnostics/diagnostic.ts';
import { formatDiagnostics } from '../../scripts/common/diagnostics/report.ts';
import type { File } from '../../scripts/model/types.ts';
import type { Job } from './import-packages.ts';
import { acceptDocument, makeFiles, writeFiles } from './pipeline.ts';
import { readmeProblems } from './readme.ts';
import { emptyDocument, type Sink } from './sink.ts';
import { NAME_SINKS } from './sinks-of-names.ts';
import { SCHEMA_SINKS } from './sinks-of-schemas.ts';
import { SECURITY_SINKS } from './sinks-of-security.ts';
import { WORD_SINKS } from './sinks-of-words.ts';
import type { Vector } from './vectors.ts';

const SINKS: readonly Sink[] = [...WORD_SINKS, ...NAME_SINKS, ...SCHEMA_SINKS, ...SECURITY_SINKS];
const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** Control and format characters that a terminal interprets. */
const OBEYED = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u;

function diagnosticProblem(diagnostics: readonly Diagnostic[], file: string): string | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return 'rejected without an error';
  for (const { at, code, message, help } of errors) {
    if (at.line < 1 || at.column < 1 || !file.endsWith(at.file.split('/').at(-1) ?? '?')) return `${code} has no place`;
    if (message === '' || help === '') return `${code} has no message or help`;
  }
  const sources = new Map(errors.map(({ at }) => [at.file, readFileSync(file, 'utf8')]));
  return OBEYED.test(formatDiagnostics(diagnostics, { color: false, sources }))
    ? 'a terminal would obey the report'
    : undefined;
}

/** Identifies the case in a failure. */
function expectNone(problems: readonly string[]): void {
  expect(problems, problems.join('\n')).toEqual([]);
}

/** A module that uses the generated types: it does not type-check if a string was changed. */
function typeCheck(sinks: readonly Sink[], text: string): string {
  const statements = sinks.flatMap(({ types }) => types?.(JSON.stringify(text)) ?? []);
  const imports = "import type { components, operations } from './src/types.ts';";
  return `${imports}\nexport type Used = components & operations;\n${statements.join('\n')}\n`;
}

/** File names, the README, and the errors of TypeScript's parser in the modules. */
function filesProblems(files: readonly File[]): readonly string[] {
  const known = /^(src\/[a-z-]+\.ts|test\/types\.ts|[a-z]+\.json|signing\.ts|README\.md)$/;
  return files.flatMap(({ path, text }) => {
    if (!known.test(path)) return [`a file named ${path}`];
    if (path === 'README.md') return readmeProblems(text);
    if (!path.endsWith('.ts')) return [];
    const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
    const { parseDiagnostics } = parsed as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] };
    return parseDiagnostics.map(({ messageText }) => `${path}: ${String(messageText)}`);
  });
}

/**
 * Every vector in every sink. A single sink is accepted or rejected with a place. All accepted ones of a vector go into
 * one package, which is parsed, type-checked and imported in a separate process.
 */
export function testTable(vectors: readonly Vector[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-hostile-'));
  const jobs: Job[] = [];

  beforeAll(() => symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules')));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  describe.each(vectors.map((vector, index) => ({ ...vector, index })))('$name', ({ name, text, index }) => {
    it('becomes data, a comment, a safe name or a diagnostic with a location in every sink', async () => {
      const file = join(folder, `cell-${index}.json`);
      const accepted: Sink[] = [];
      const wrong: string[] = [];
      for (const sink of SINKS) {
        const document = emptyDocument();
        sink.place(document, text);
        const outcome = await acceptDocument(file, document).catch((error: unknown) => error as Error);
        if (outcome instanceof Error) wrong.push(`${sink.name}: ${outcome.stack}`);
        else if (outcome.kind === 'accepted') accepted.push(sink);
        else {
          const problem = diagnosticProblem(outcome.diagnostics, file);
          if (problem !== undefined) wrong.push(`${sink.name}: ${problem}`);
        }
      }
      expectNone(wrong);

      for (const [group, sinks] of Map.groupBy(accepted, ({ group = 0 }) => group)) {
        const document = emptyDocument();
        for (const sink of sinks) sink.place(document, text);
        const outcome = await acceptDocument(file, document);
        if (outcome.kind === 'refused') {
          const errors = outcome.diagnostics.filter(({ severity }) => severity === 'error');
          expectNone(errors.map(({ code, message, pointer }) => `${code} ${pointer} ${message}`));
        } else {
          const files = await makeFiles(outcome.api);
          expectNone(filesProblems(files));
          const target = join(folder, `p${index}-${group}`);
          writeFiles(target, [...files, { path: 'check.ts', text: typeCheck(sinks, text) }]);
          const expectations = sinks.flatMap((sink) => sink.expect?.(text) ?? []);
          jobs.push({ folder: target, title: `${name} ${group}`, expectations });
        }
      }
    });
  });

  it('produces packages that work in a fresh process', async () => {
    const list = join(folder, 'jobs.json');
    writeFileSync(list, JSON.stringify(jobs));
    const script = fileURLToPath(new URL('import-packages.ts', import.meta.url));
    const { stdout } = await run(process.execPath, [script, list], { cwd: root, maxBuffer: 1e8 });
    expect(jobs.length).toBeGreaterThan(2 * vectors.length);
    expectNone(JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as string[]);
  });

  it('produces packages that type-check', async () => {
    const config = { extends: join(root, 'tsconfig.json'), include: ['p*/**/*.ts'], exclude: ['node_modules'] };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ ...config, compilerOptions: { paths: {} } }));
    const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
    const { stdout } = await run(process.execPath, [compiler, '--noEmit', '-p', folder], {
      cwd: folder,
      maxBuffer: 1e8,
    }).catch((error: { readonly stdout: string }) => error);
    expectNone(stdout.split('\n').filter((line) => /^\S/.test(line)));
  });
}
