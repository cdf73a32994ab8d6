/** Reports whose help comes from a constant, a rule or another function: each is printed with its fix. */
import { once } from 'node:events';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeWorkspace, run } from './run.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await makeWorkspace();
});
afterEach(() => rm(cwd, { recursive: true }));

const write = (path: string, text: string): Promise<void> => writeFile(join(cwd, path), text);
const edit = async (path: string, from: string, to: string): Promise<void> =>
  write(path, (await readFile(join(cwd, path), 'utf8')).replace(from, to));

const SPEC = 'specs/acme/openapi.yaml';
const nothing = async (): Promise<void> => {};

it.each<[code: string, args: readonly string[], prepare: () => Promise<void>, help: string]>([
  [
    'diff-document',
    ['diff', 'acme', '--against', 'none.json'],
    nothing,
    'Use a spec, or an earlier generated/<provider>/openapi.json. To get one from Git: `git show HEAD:generated/<provider>/openapi.json > before.json`.',
  ],
  ['diff-document', ['diff', 'acme'], nothing, 'Run `countersign generate`.'],
  [
    'config-load',
    ['lint'],
    () => write('countersign.config.ts', 'export default {,};\n'),
    'Fix the error in the message.',
  ],
  [
    'config-load',
    ['lint'],
    () => write('countersign.config.ts', 'throw new Error("no");\n'),
    'Fix the error in the message.',
  ],
  [
    'pattern',
    ['lint'],
    () => edit(SPEC, 'type: integer, minimum: 1', "type: string, pattern: '('"),
    'Use JavaScript syntax',
  ],
  [
    'pattern',
    ['lint'],
    () => edit(SPEC, 'type: integer, minimum: 1', "type: object, patternProperties: { '(': {} }"),
    'Use JavaScript syntax',
  ],
  [
    'flow-version',
    ['lint'],
    () => write('specs/acme/flows.arazzo.yaml', 'arazzo: 2.0.0\n'),
    'Start the file with `arazzo: 1.0.1`.',
  ],
  [
    'flow-version',
    ['lint'],
    () => write('specs/acme/flows.arazzo.yaml', 'info: {}\n'),
    'Start the file with `arazzo: 1.0.1`.',
  ],
])('%s of %j', async (code, args, prepare, help) => {
  await prepare();
  const { code: exit, err } = await run(args, cwd);
  const report = err.split('\n\n').find((each) => each.startsWith(`error[${code}]`)) ?? err;
  expect(exit).toBe(1);
  expect(report).toContain(` = help: ${help}`);
});

it.each<[below: string, args: readonly string[], code: string, help: string]>([
  ['specs', ['lint'], 'no-specs', 'Run the command in the workspace, `..`.'],
  ['specs/acme', ['generate', 'acme'], 'provider-unknown', 'Run the command in the workspace, `../..`.'],
])('in %s, %j names the workspace above', async (below, args, code, help) => {
  const { code: exit, err } = await run(args, join(cwd, below));
  expect(exit).toBe(1);
  expect(err).toContain(`error[${code}]`);
  expect(err).toContain(` = help: ${help}`);
});

it('says in Markdown that a package is not published yet', async () => {
  const registry = createServer((_, response) => response.writeHead(404).end('{}')).listen(0, '127.0.0.1');
  await once(registry, 'listening');
  const { port } = registry.address() as AddressInfo;
  try {
    expect(await run(['generate'], cwd)).toMatchObject({ code: 0 });
    const env = { npm_config_registry: `http://127.0.0.1:${port}` };
    const { code, out } = await run(['diff', 'acme', '--format', 'markdown'], cwd, env);
    expect({ code, out }).toEqual({
      code: 0,
      out: expect.stringContaining('**acme**\n\nThe package is not published yet.'),
    });
  } finally {
    registry.close();
  }
});
