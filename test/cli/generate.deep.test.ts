import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { makeWorkspace, run } from './run.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await makeWorkspace();
});
afterEach(() => rm(cwd, { recursive: true }));

const spec = (): string => join(cwd, 'specs/acme/openapi.yaml');
const generated = (path: string): string => join(cwd, 'generated/acme', path);

describe('generate', () => {
  it('--keep-going writes the other packages; --shard selects a part of them', async () => {
    for (const name of ['beta', 'gamma', 'delta']) {
      for (const folder of ['specs', 'plugins'])
        await cp(join(cwd, folder, 'acme'), join(cwd, folder, name), { recursive: true });
    }
    await writeFile(join(cwd, 'specs/gamma/openapi.yaml'), 'openapi: [');
    const going = await run(['generate', '--keep-going', 'beta', 'gamma', 'delta'], cwd);
    expect(going).toMatchObject({ code: 1, err: expect.stringContaining('specs/gamma/openapi.yaml') });
    expect((await readdir(join(cwd, 'generated'))).sort()).toEqual(['beta', 'delta']);

    for (const folder of ['specs', 'plugins']) await rm(join(cwd, folder, 'gamma'), { recursive: true });
    await rm(join(cwd, 'generated'), { recursive: true });
    const parts: string[] = [];
    for (const part of ['1/3', '2/3', '3/3']) {
      const { out } = await run(['generate', '--json', '--shard', part], cwd);
      parts.push(...(JSON.parse(out) as { reports: { provider: string }[] }).reports.map(({ provider }) => provider));
    }
    expect(parts.sort()).toEqual(['acme', 'beta', 'delta']);
    expect((await run(['generate', '--shard', '4/3'], cwd)).code).toBe(1);
  });

  it('fetches a part of the spec from a host that the configuration allows, and from no other', async () => {
    let requests = 0;
    const server = createServer((_, response) => {
      requests += 1;
      response.end('{"type":"integer","minimum":1,"description":"Came from elsewhere."}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/part.json`;
    await writeFile(
      spec(),
      (await readFile(spec(), 'utf8')).replace('{ type: integer, minimum: 1 }', `{ $ref: '${url}' }`),
    );
    const allow = (hosts: string): Promise<void> =>
      writeFile(
        join(cwd, 'countersign.config.ts'),
        `export default { providers: { acme: { allowHosts: [${hosts}] } } };`,
      );

    await allow("'localhost'");
    expect(await run(['generate'], cwd)).toMatchObject({ code: 1, err: expect.stringContaining('ref-remote') });
    expect(requests).toBe(0);
    await allow("'127.0.0.1'");
    expect(await run(['generate'], cwd)).toMatchObject({ code: 0, err: '' });
    expect(requests).toBe(1);
    expect(await readFile(generated('openapi.json'), 'utf8')).toContain('Came from elsewhere.');
  });

  it('removes the package of a spec that no longer exists, and reports a folder that it does not own', async () => {
    for (const folder of ['specs', 'plugins'])
      await cp(join(cwd, folder, 'acme'), join(cwd, folder, 'beta'), { recursive: true });
    await run(['generate'], cwd);
    for (const folder of ['specs', 'plugins']) await rm(join(cwd, folder, 'beta'), { recursive: true });
    expect(await run(['generate', '--check'], cwd)).toMatchObject({
      code: 1,
      err: expect.stringContaining('differs: generated/beta'),
    });
    expect(await run(['generate', 'acme', '--check'], cwd)).toMatchObject({ code: 0 });
    const removed = await run(['generate'], cwd);
    expect(removed).toMatchObject({ code: 0, out: expect.stringContaining('generated/beta: removed') });
    expect(await readdir(join(cwd, 'generated'))).toEqual(['acme']);
    expect(await run(['generate', '--check'], cwd)).toMatchObject({ code: 0 });

    await mkdir(generated('../mine'));
    await writeFile(generated('../mine/package.json'), '{"name":"mine"}');
    expect(await run(['generate'], cwd)).toMatchObject({ code: 0, err: expect.stringContaining('generated-leftover') });
    expect(await run(['generate', '--check'], cwd)).toMatchObject({
      code: 1,
      err: expect.stringContaining('differs: generated/mine'),
    });
    expect(await readFile(generated('../mine/package.json'), 'utf8')).toBe('{"name":"mine"}');

    const manifest = JSON.parse(await readFile(generated('package.json'), 'utf8')) as { name: string };
    // Hand-written, with the name of a generated file.
    const called = { name: `${dirname(manifest.name)}/own` };
    await mkdir(generated('../own'));
    await writeFile(generated('../own/package.json'), JSON.stringify(called));
    expect(await run(['generate'], cwd)).toMatchObject({ code: 0, err: expect.stringContaining('generated/own') });
    expect(JSON.parse(await readFile(generated('../own/package.json'), 'utf8'))).toEqual(called);
  });

  it('exits with 2 for a bug in the toolkit, names its provider, and writes the others if possible', async () => {
    await cp(join(cwd, 'specs/acme'), join(cwd, 'specs/broken'), { recursive: true });
    // Not a folder, which is an unexpected error.
    await writeFile(join(cwd, 'plugins/broken'), '');
    const stopped = await run(['generate'], cwd);
    expect(stopped).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^broken: Error: ENOTDIR/m) });
    expect(await readdir(join(cwd, 'generated')).catch(() => [])).toEqual([]);
    const json = await run(['generate', '--json'], cwd);
    expect(json.code).toBe(2);
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, faults: [{ provider: 'broken' }] });
    const gone = await run(['generate', '--keep-going'], cwd);
    expect(gone).toMatchObject({ code: 2, err: expect.stringMatching(/^broken: Error: ENOTDIR/m) });
    expect(gone.out).toContain('files written.');
    expect(await readdir(join(cwd, 'generated'))).toEqual(['acme']);
  });

  it('names the source file of a package', async () => {
    const texts = () => Promise.all(['README.md', 'src/index.ts'].map((path) => readFile(generated(path), 'utf8')));
    await run(['generate'], cwd);
    for (const text of await texts()) expect(text).toContain('specs/acme/openapi.yaml');
    await writeFile(join(cwd, 'specs/acme/openapi.json'), JSON.stringify(parse(await readFile(spec(), 'utf8'))));
    await rm(spec());
    await run(['generate'], cwd);
    for (const text of await texts()) expect(text).toMatch(/specs\/acme\/openapi\.json(?!.*openapi\.yaml)/s);
  });

  it('reports packages without a spec in one of several shards', async () => {
    await mkdir(join(cwd, 'generated/gone/src'), { recursive: true });
    await writeFile(join(cwd, 'generated/gone/src/index.ts'), '/** Generated by Countersign */\n');
    await run(['generate', 'acme'], cwd);
    const parts = ['1/3', '2/3', '3/3'];
    const check = (part: string) => run(['generate', '--check', '--shard', part], cwd);
    expect((await Promise.all(parts.map(check))).map(({ code }) => code)).toEqual([1, 0, 0]);
    for (const part of parts) await run(['generate', '--shard', part], cwd);
    expect(await readdir(join(cwd, 'generated'))).toEqual(['acme']);
    expect(await run(['generate', '--check'], cwd)).toMatchObject({ code: 0 });
  });
});
