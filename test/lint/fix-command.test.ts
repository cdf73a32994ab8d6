import { execFile } from 'node:child_process';
import { chmod, lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyFixes } from '../../scripts/commands/apply-fixes.ts';
import { checkSpec } from '../../scripts/commands/check-spec.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { run } from '../cli/run.ts';
import { MAIN } from '../run/cli.ts';

/** Two errors that `--fix` fixes, in a layout that no YAML printer would write. */
const WRONG = `# The partner's API, as of their mail of 3 May.
openapi:   3.1.1
info: { title: "T",   version: '1', license: {name: MIT, identifier: MIT} }   # kept short

servers:
    - url: https://api.demo.test/v1/   # production
tags:
- name: Items
  description: >-
    Items,
    folded.
paths:
  /items:
    get:
      operationId: listItems
      summary: List items
      tags: [ Items ]
      security: []
      responses:
        '200':
          description: The items.
          content:
            application/json:
              schema: {$ref: 'parts.yaml#/Item'}
        '400': { description: 'A wrong request.' }


`;
const RIGHT = WRONG.replace('test/v1/   #', 'test/v1   #');
const PARTS = `# Parts.
Item:
  type: object
  properties:
    state: { type: string, enum: [open, "paid", open] }   # of an order
    kind:
      type: string
      enum:
        - a
        # The same again:
        - a
        - b
`;

let root: string;
const at = (name: string): string => join(root, 'specs/demo', name);
const read = (name: string): Promise<string> => readFile(at(name), 'utf8');
const lint = () => run(['lint', '--fix'], root);

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'countersign-fix-'));
  await mkdir(join(root, 'specs/demo'), { recursive: true });
  await writeFile(at('openapi.yaml'), WRONG);
  await writeFile(at('parts.yaml'), PARTS);
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('lint --fix', () => {
  it('changes every file of the spec, and keeps comments, quotes and layout', async () => {
    await chmod(at('openapi.yaml'), 0o660);
    expect(await lint()).toEqual({ code: 0, out: 'demo: no errors.\n', err: 'Fixed 3 problems.\n' });
    expect(await read('openapi.yaml')).toBe(RIGHT);
    const parts = await read('parts.yaml');
    expect(parts).toContain('state: { type: string, enum: [open, "paid"] }   # of an order');
    expect(parts).toMatch(/^# Parts\.\nItem:\n {2}type: object\n/);
    expect(parts.match(/- a$/gm)).toHaveLength(1);
    expect(parts).toContain('        - b\n');
    expect((await stat(at('openapi.yaml'))).mode & 0o777).toBe(0o660);
    expect(await readdir(join(root, 'specs/demo'))).toEqual(['openapi.yaml', 'parts.yaml']);
    expect((await lint()).err).toBe('Fixed 0 problems.\n');
    expect(await read('openapi.yaml')).toBe(RIGHT);
  });

  it.each([
    ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
  ])('keeps %s', async (_, change) => {
    await writeFile(at('openapi.yaml'), change(WRONG));
    expect((await lint()).err).toContain('Fixed 3 problems.\n');
    expect(await read('openapi.yaml')).toBe(change(RIGHT));
  });

  it('reports what it could not fix, and exits with 1', async () => {
    await writeFile(at('openapi.yaml'), WRONG.replace('      summary: List items\n', ''));
    const { code, out, err } = await lint();
    expect({ code, fixed: /Fixed \d problems/.exec(err)?.[0] }).toEqual({ code: 1, fixed: 'Fixed 3 problems' });
    expect(out + err).toMatch(/error\[operation-summary\][\s\S]*specs\/demo\/openapi\.yaml:14:/);
    expect(await read('openapi.yaml')).toBe(RIGHT.replace('      summary: List items\n', ''));
  });

  it('changes the target of a symbolic link', async () => {
    await rm(at('openapi.yaml'));
    await writeFile(at('real.yaml'), WRONG);
    await symlink('real.yaml', at('openapi.yaml'));
    expect((await lint()).err).toContain('Fixed 3 problems.\n');
    expect((await lstat(at('openapi.yaml'))).isSymbolicLink()).toBe(true);
    expect(await read('real.yaml')).toBe(RIGHT);
  });

  it('does not change a file that was saved in the meantime', async () => {
    const checked = await checkSpec(openWorkspace(root), 'demo');
    // Sources are named from the folder of the process, which is a different folder here.
    const saved = `${WRONG}# Saved.\n`;
    await writeFile(at('openapi.yaml'), saved);
    expect(await applyFixes(checked)).toBe(2);
    expect(await read('openapi.yaml')).toBe(saved);
    expect(await read('parts.yaml')).not.toBe(PARTS);
  });

  it('restores every file if a write fails halfway', async () => {
    const long = `${WRONG}${'# Filler.\n'.repeat(4000)}`;
    await writeFile(at('openapi.yaml'), long);
    // No file of more than 16 blocks of 512 or 1024 bytes can be written, as on a full disk.
    const command = `ulimit -f 16; exec "${process.execPath}" "${MAIN}" lint --fix`;
    const env = { ...process.env, NO_COLOR: '1', NODE_DISABLE_COMPILE_CACHE: '1' };
    const failed = await promisify(execFile)('sh', ['-c', command], { cwd: root, env }).then(
      ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
      ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({ code, stdout, stderr }),
    );
    expect(failed.stderr + failed.stdout).toContain('error[fix-not-written]');
    expect(failed.code).toBe(1);
    expect(await read('openapi.yaml')).toBe(long);
    expect(await read('parts.yaml')).toBe(PARTS);
    expect(await readdir(join(root, 'specs/demo'))).toEqual(['openapi.yaml', 'parts.yaml']);
  });
});
