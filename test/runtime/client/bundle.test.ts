import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

/** The code that a browser loads for this module, as esbuild bundles it. */
async function bundle(contents: string, external: string[] = []) {
  const result = await build({
    stdin: { contents, resolveDir: new URL('.', import.meta.url).pathname, loader: 'ts' },
    bundle: true,
    // Modules that only some calls need are loaded by the first of these calls.
    splitting: true,
    outdir: 'out',
    minify: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    metafile: true,
    external,
    // A module of Node would fail the build.
    logLevel: 'silent',
  });
  const text = result.outputFiles.find(({ path }) => path.endsWith('stdin.js'))?.text ?? '';
  const inputs = Object.keys(result.metafile.outputs['out/stdin.js']?.inputs ?? {});
  return { text, inputs, bytes: brotliCompressSync(text).length };
}

const CLIENT = '../../../runtime/client/index.ts';

test('the client is small, and contains neither server code nor zod', async () => {
  const { bytes, inputs } = await bundle(`export { createClient } from '${CLIENT}'`);
  expect(bytes).toBeLessThan(3_000);
  expect(inputs.filter((path) => /runtime\/(server|validators|mock)|drizzle|zod|hono/.test(path))).toEqual([]);
});

test('the bundle omits features that the contract does not need', async () => {
  const plain = await bundle(`export { createClient } from '${CLIENT}'`);
  const names = ['paging', 'batching', 'streaming', 'bodies', 'signing', 'explain'];
  const all = await bundle(`export { createClient, ${names} } from '${CLIENT}'`);
  const files = ['pages', 'batches', 'streams', 'bodies', 'sign', 'explain'];
  const has = (text: string) => [/text\/event-stream/, /multipart\//, /string signed/].map((part) => part.test(text));
  expect(files.every((name) => all.inputs.some((path) => path.endsWith(`client/${name}.ts`)))).toBe(true);
  expect([has(plain.text), has(all.text)]).toEqual([
    [false, false, false],
    [true, true, true],
  ]);
  expect(all.bytes - plain.bytes).toBeGreaterThan(800);
});

test('the bundle of one operation contains none of the other 999', async () => {
  const names = Array.from({ length: 1_000 }, (_, i) => `operation${i}`);
  const operations = names
    .map(
      (id) =>
        `export const ${id} = { id: '${id}', method: 'GET', path: '/${id}', parameters: [], responses: [], security: [], codes: [], enveloped: true, retry: 'safe' };`,
    )
    .join('\n');
  const { text } = await bundle(
    `${operations.replaceAll('export ', '')}
     import { createCaller, handle } from '${CLIENT}';
     export const run = (api) => createCaller({ api }).call(handle(operation7));`,
  );
  expect(text).toContain('/operation7"');
  expect(text.match(/\/operation\d+"/g)).toEqual(['/operation7"']);
});
