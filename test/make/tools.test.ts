import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTools, type Tools } from '../../scripts/generate/tools.ts';
import { limit } from '../run/slowness.ts';

let tools: Tools;
beforeAll(() => {
  tools = openTools();
});
afterAll(() => tools.close());

it('returns the matching result to each of many parallel calls', async () => {
  const texts = Array.from({ length: 20 }, (_, at) => `export const value${at} = ${at};\n`);
  const made = await Promise.all(
    texts.map((text) => tools.format([{ path: 'src/a.ts', text: text.replaceAll(' ', '  ') }])),
  );
  expect(made.map(([file]) => file?.text)).toEqual(texts);
});

it('reports an error, and continues', async () => {
  await expect(tools.format([{ path: 'src/a.ts', text: 'const = ;' }])).rejects.toThrow(/src\/a\.ts|Line 1|expected/i);
  expect(await tools.format([{ path: 'src/a.ts', text: 'a  ( )' }])).toMatchObject([{ text: 'a();\n' }]);
});

it.each([0, 50, 400])('exits with its process, %i ms after it started to load', (wait) => {
  const module = fileURLToPath(new URL('../../scripts/generate/tools.ts', import.meta.url));
  const script = `
    import { openTools } from ${JSON.stringify(module)};
    const tools = openTools();
    tools.load(true);
    await new Promise((resolve) => setTimeout(resolve, ${wait}));
    await tools.close();
    console.log('closed');`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: limit(120_000),
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'closed\n', stderr: '' });
});
