import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { diffCommand } from '../../scripts/commands/cli/diff.ts';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { repository } from '../build/make-workspace.ts';

const failing = vi.hoisted(() => ({ error: undefined as Error | undefined }));
vi.mock(import('../../scripts/commands/diff/index.ts'), async (load) => {
  const real = await load();
  const compareContracts: typeof real.compareContracts = (...given) => {
    if (failing.error !== undefined) throw failing.error;
    return real.compareContracts(...given);
  };
  return { ...real, compareContracts };
});

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'countersign-diff-'));
  // With dispatch, whose expanded words are of no extension.
  for (const folder of ['specs', 'generated'])
    await cp(join(repository, folder, 'moonpacket'), join(cwd, folder, 'moonpacket'), { recursive: true });
  await cp(join(cwd, 'generated/moonpacket/openapi.json'), join(cwd, 'earlier.json'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const earlier = (): string => join(cwd, 'earlier.json');

/** What the command prints. */
async function diff(): Promise<string> {
  const lines: string[] = [];
  const output = { out: (line: string) => void lines.push(line), err: (line: string) => void lines.push(line) };
  const command = diffCommand(openWorkspace(cwd), output as Parameters<typeof diffCommand>[1]);
  await command.parseAsync(['moonpacket', '--against', earlier()], { from: 'user' });
  return lines.join('\n');
}

const failure = async (): Promise<unknown> => diff().catch((error: unknown) => error);

it('compares a contract that generate made', async () => {
  failing.error = undefined;
  expect(await diff()).toContain('no difference');
});

it('reports an error of its own as one, and not as one of the document', async () => {
  failing.error = new RangeError('Maximum call stack size exceeded');
  expect(await failure()).toBe(failing.error);
});

it('says what is wrong in a document that generate did not make', async () => {
  failing.error = new TypeError('x is undefined');
  const document = JSON.parse(await readFile(earlier(), 'utf8')) as { paths: object };
  await writeFile(earlier(), JSON.stringify({ ...document, paths: { ...document.paths, '/x': { get: 5 } } }));
  const error = await failure();
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).diagnostics).toEqual([
    expect.objectContaining({
      code: 'diff-document',
      message: expect.stringMatching(/^This is not a contract that `generate` made\. .+/),
      at: { file: earlier(), line: 1, column: 1 },
    }),
  ]);
});
