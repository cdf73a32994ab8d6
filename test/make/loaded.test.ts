import { spawnSync } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeWorkspace } from '../cli/run.ts';

const scripts = new URL('../../scripts/', import.meta.url).href;

it('a run does not load the part of Node that contains `fetch`', async () => {
  const root = await makeWorkspace();
  const script = `
    const { openWorkspace } = await import('${scripts}config/workspace.ts');
    const { generate } = await import('${scripts}generate/index.ts');
    const isLoaded = () => process.moduleLoadList.some((name) => name.includes('undici/undici'));
    await generate(openWorkspace(${JSON.stringify(root)}, {}));
    const afterRun = isLoaded();
    await import('node:http');
    console.log(afterRun, isLoaded());`;
  // A file, because threads inherit the options of an inline script.
  const file = join(root, 'run.mjs');
  await writeFile(file, script);
  try {
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: 'false true\n', stderr: '' });
  } finally {
    await rm(root, { recursive: true });
  }
});
