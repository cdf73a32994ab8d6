import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { asMarkdown } from '../../scripts/common/diagnostics/formats.ts';
import { makeWorkspace, run } from '../cli/run.ts';

const ROOT = join(import.meta.dirname, '../..');

type Step = {
  readonly id?: string;
  readonly if?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly env?: object;
};
type Action = {
  readonly inputs: { readonly [name: string]: { readonly description: string; readonly default: string } };
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
};

const action = parse(await readFile(join(ROOT, 'action.yml'), 'utf8')) as Action;

/** A shell like a runner's: `npx countersign` runs our command line, and `gh` records its arguments. */
async function openRunner(cwd: string) {
  const temp = await mkdtemp(join(tmpdir(), 'countersign-action-'));
  const bin = join(temp, 'bin');
  await mkdir(bin);
  const shim = async (name: string, text: string): Promise<void> => {
    await writeFile(join(bin, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(bin, name), 0o755);
  };
  await shim('npx', `shift; exec "${process.execPath}" "${join(ROOT, 'scripts/main.ts')}" "$@"`);
  await shim('gh', `echo "$@" >> "${join(temp, 'gh')}"; case "$*" in *--paginate*) cat "${join(temp, 'own')}" ;; esac`);
  await writeFile(join(temp, 'own'), '');
  await writeFile(join(temp, 'gh'), '');
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    RUNNER_TEMP: temp,
    GITHUB_OUTPUT: join(temp, 'output'),
    GITHUB_STEP_SUMMARY: join(temp, 'summary'),
    NO_COLOR: '1',
  };
  const read = (name: string): Promise<string> => readFile(join(temp, name), 'utf8').catch(() => '');
  const step = (script: string, more: object = {}): Promise<number> =>
    new Promise((resolve) => {
      const child = execFile('bash', ['-e', '-o', 'pipefail', '-c', script], { cwd, env: { ...env, ...more } });
      child.on('exit', (code) => resolve(code ?? -1));
    });
  return { step, read, temp };
}

const scriptOf = (is: (step: Step) => boolean): string => action.runs.steps.find(is)?.run ?? '';

describe('action.yml', () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await makeWorkspace();
    await run(['generate'], cwd);
  });

  it('is a composite action that puts no input into a script', () => {
    expect(action.runs.using).toBe('composite');
    for (const { run: script = '' } of action.runs.steps) expect(script).not.toContain('${{');
    for (const { description } of Object.values(action.inputs)) expect(description).toMatch(/\.$/);
  });

  it('lints with SARIF and fails after the upload', async () => {
    const { step, read } = await openRunner(cwd);
    expect(await step(scriptOf(({ id }) => id === 'lint'))).toBe(0);
    expect(await read('output')).toBe('status=0\n');
    expect(JSON.parse(await read('countersign.sarif'))).toMatchObject({ version: '2.1.0' });
    const status = scriptOf(({ run: script = '' }) => script.startsWith('exit'));
    expect(await step(status, { STATUS: '1' })).toBe(1);
    expect(await step(status, { STATUS: '0' })).toBe(0);
  });

  it('checks that generated code is up to date', async () => {
    const { step } = await openRunner(cwd);
    expect(await step(scriptOf(({ run: script = '' }) => script.includes('generate --check')))).toBe(0);
  });

  it.each([
    ['without a comment', '', /--method POST repos\/a\/b\/issues\/7\/comments --field body=@/],
    ['with its own comment', '41\n42\n', /--method PATCH repos\/a\/b\/issues\/comments\/42 --field body=@/],
  ])('updates one comment: %s', async (_, own, want) => {
    const { step, read, temp } = await openRunner(cwd);
    await writeFile(join(temp, 'own'), own);
    await writeFile(join(temp, 'countersign-diff.md'), '<!-- countersign diff: none -->\n');
    const script = scriptOf(({ if: condition = '' }) => condition.includes('inputs.comment'));
    expect(await step(script, { REPOSITORY: 'a/b', NUMBER: '7' })).toBe(0);
    expect(await read('gh')).toMatch(want);
  });
});

describe('--format markdown', () => {
  const at = { file: 'generated/acme/openapi.json', line: 1, column: 1 };
  it('names the largest change, and escapes text from a document', () => {
    const findings = [
      { level: 'note', code: 'diff-patch', text: 'words', ...at },
      { level: 'error', code: 'diff-major', text: '<img src=x> | `a`\n@team', ...at },
    ] as const;
    const made = asMarkdown(
      [
        ['acme', findings],
        ['beta', []],
      ],
      'diff',
    );
    expect(made.split('\n')[0]).toBe('<!-- countersign diff: major -->');
    expect(made).toContain('| patch | words |');
    expect(made).toContain('| major | &#60;img src=x&#62; &#124; &#96;a&#96; &#64;team |');
    expect(made).toContain('**beta**\n\nNo changes.');
  });
  it('has a location for each diagnostic of lint', () => {
    const made = asMarkdown([['acme', [{ level: 'error', code: 'yaml-tab', text: 'A tab.', ...at }]]], 'lint');
    expect(made).toContain('| error | A tab. | generated/acme/openapi.json:1 |');
    expect(asMarkdown([['acme', []]], 'lint').split('\n')[0]).toBe('<!-- countersign lint: none -->');
  });
});

describe('init --ci github', () => {
  it('writes valid workflows, and keeps existing ones', async () => {
    const root = await mkdtemp(join(tmpdir(), 'countersign-ci-'));
    const { code } = await run(['init', '--yes', '--ci', 'github'], root);
    expect(code).toBe(0);
    for (const name of ['contracts', 'release']) {
      const { jobs } = parse(await readFile(join(root, `.github/workflows/${name}.yml`), 'utf8'));
      const steps = Object.values<{ readonly steps: readonly Step[] }>(jobs).flatMap((job) => job.steps);
      expect(steps.every((step) => step.uses !== undefined || step.run !== undefined)).toBe(true);
    }
    const { out } = await run(['init', '--yes', '--ci', 'github'], root);
    expect(out).toContain('kept    .github/workflows/contracts.yml');
  });
});
