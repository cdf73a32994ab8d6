import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');

// A workspace whose `paths` lead to the sources checks them with its own compiler options.
test('runtime, plugins and generated code compile with the options of @tsconfig/strictest', async () => {
  const tsc = join(root, 'node_modules/typescript-7/bin/tsc');
  const project = join(import.meta.dirname, 'tsconfig.strictest.json');
  const args = [tsc, '--noEmit', '--pretty', 'false', '--project', project];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch(
    (error: { readonly stdout: string }) => error,
  );
  expect(stdout).toBe('');
}, 120_000);
