import { spawn } from 'node:child_process';
import { appendFile, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { limit } from '../run/slowness.ts';
import { MAIN, makeWorkspace, run } from './run.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await makeWorkspace();
});
afterEach(() => rm(cwd, { recursive: true }));

const spec = (): string => join(cwd, 'specs/acme/openapi.yaml');
const generated = (path: string): string => join(cwd, 'generated/acme', path);

async function times(): Promise<Readonly<Record<string, bigint>>> {
  const entries = await readdir(join(cwd, 'generated'), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const stats = await Promise.all(
    files.map(async (file) => [file, (await stat(file, { bigint: true })).mtimeNs] as const),
  );
  return Object.fromEntries(stats);
}

describe('generate', () => {
  it('makes a package, then nothing, then what changed', async () => {
    const first = await run(['generate'], cwd);
    expect(first).toMatchObject({ code: 0, err: '' });
    expect(first.out).toMatch(
      /^provider\s+operations\s+files\s+changed\s+ms\nacme\s+1\s+\d+\s+\d+\s+\d+\n\d+ files written\.\n$/,
    );
    expect(first.out).not.toContain('\u001b');
    const sources = await readdir(generated('src'));
    for (const name of [
      'index',
      'types',
      'operations',
      'client',
      'server',
      'validators',
      'plugins',
      'handlers',
      'errors',
    ]) {
      expect(sources).toContain(`${name}.ts`);
    }
    expect((await readdir(generated('.'))).sort()).toEqual([
      'README.md',
      'openapi.json',
      'package.json',
      'src',
      'test',
    ]);

    const before = await times();
    const second = await run(['generate'], cwd);
    expect(second.out).toContain('generated/ is up to date, nothing was written.');
    expect(await times()).toEqual(before);

    await writeFile(spec(), (await readFile(spec(), 'utf8')).replace('minimum: 1', 'minimum: 0'));
    const third = await run(['generate'], cwd);
    expect(third.code).toBe(0);
    const after = await times();
    const moved = Object.keys(after).filter((file) => after[file] !== before[file]);
    expect(moved.map((file) => file.slice(cwd.length))).toContain('/generated/acme/src/validators.ts');
    expect(moved.map((file) => file.slice(cwd.length))).not.toContain('/generated/acme/src/errors.ts');
  });

  it('--check tells an edited, a missing and a foreign file, and writes nothing', async () => {
    await run(['generate'], cwd);
    expect(await run(['generate', '--check'], cwd)).toMatchObject({ code: 0 });
    await appendFile(generated('src/client.ts'), '// edited\n');
    await rm(generated('src/errors.ts'));
    await writeFile(generated('src/extra.ts'), '');
    const before = await times();
    const checked = await run(['generate', '--check'], cwd);
    expect(checked.code).toBe(1);
    for (const name of ['client', 'errors', 'extra'])
      expect(checked.err).toContain(`differs: generated/acme/src/${name}.ts`);
    expect(checked.err).toContain('npm run generate');
    expect(await times()).toEqual(before);
    await run(['generate'], cwd);
    expect(await run(['generate', '--check'], cwd)).toMatchObject({ code: 0 });
  });

  it('touches nothing when anything is wrong, and says everything that is', async () => {
    await run(['generate'], cwd);
    const before = await times();
    await writeFile(spec(), (await readFile(spec(), 'utf8')).replace('type: integer, minimum: 1', 'type: integr'));
    await writeFile(join(cwd, 'plugins/acme/logic/things.ts'), 'export const listThink = 1;\n');
    const failed = await run(['generate'], cwd);
    expect(failed.code).toBe(1);
    expect(failed.err).toMatch(/specs\/acme\/openapi\.yaml:\d+:\d+/);
    expect(failed.err).toContain('nothing was written');
    expect(await times()).toEqual(before);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['an unknown provider', ['generate', 'acne'], /Did you mean `acme`\?/],
    ['an unknown option', ['generate', '--chek'], /--check/],
    ['--check that would never end', ['generate', '--check', '--watch'], /cannot be used with option '--check'/],
    ['an unknown command', ['generat'], /generate/],
  ])('%s is wrong input: exit code 1', async (_, args, said) => {
    const { code, out, err } = await run(args, cwd);
    expect(code).toBe(1);
    expect(out + err).toMatch(said);
  });

  it('--json prints one object, for success and for failure', async () => {
    const good = await run(['generate', '--json'], cwd);
    expect(JSON.parse(good.out)).toMatchObject({ ok: true, reports: [{ provider: 'acme', operations: 1 }] });
    await writeFile(spec(), 'openapi: [');
    const bad = await run(['generate', '--json'], cwd);
    expect(bad.code).toBe(1);
    const { ok, diagnostics } = JSON.parse(bad.out);
    expect(ok).toBe(false);
    expect(diagnostics[0]).toMatchObject({ severity: 'error', at: { file: 'specs/acme/openapi.yaml' } });
  });

  it('a large document that is wrong ends the run, though another thread works on it', async () => {
    const large = {
      openapi: '3.1.1',
      info: { title: 'T', version: '1', description: 'x'.repeat(1_200_000) },
      paths: [],
    };
    await rm(spec());
    await writeFile(join(cwd, 'specs/acme/openapi.json'), JSON.stringify(large));
    const { code, err } = await run(['generate'], cwd);
    expect(code).toBe(1);
    expect(err).toMatch(/specs\/acme\/openapi\.json:1:\d+/);
  });

  it('--keep-going writes the others; --shard takes a part of them', async () => {
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

  it('removes the package of a spec that is gone, and names a folder that is not ours', async () => {
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
    // Written by hand, though called as a generated one would be.
    const called = { name: `${dirname(manifest.name)}/own` };
    await mkdir(generated('../own'));
    await writeFile(generated('../own/package.json'), JSON.stringify(called));
    expect(await run(['generate'], cwd)).toMatchObject({ code: 0, err: expect.stringContaining('generated/own') });
    expect(JSON.parse(await readFile(generated('../own/package.json'), 'utf8'))).toEqual(called);
  });

  it('says what stands in the way of a file, and writes none', async () => {
    await mkdir(generated('.'), { recursive: true });
    await writeFile(generated('src'), 'a file where a folder must be');
    const { code, err } = await run(['generate'], cwd);
    expect(code).toBe(1);
    expect(err).toContain('generated/acme/src:1:1');
    expect(await readdir(generated('.'))).toEqual(['src']);
  });

  it('exits with 2 when the fault is ours: a folder that cannot be written', async () => {
    await writeFile(join(cwd, 'generated'), 'a file where a folder must be');
    const { code, err } = await run(['generate'], cwd);
    expect(code).toBe(2);
    expect(err).toContain('fault of Countersign');
  });

  it('--watch makes again what a saved file touches', async () => {
    const child = spawn(process.execPath, [MAIN, 'generate', '--watch'], { cwd, stdio: ['ignore', 'pipe', 'inherit'] });
    try {
      let out = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
      const until = async (text: string): Promise<void> => {
        const deadline = Date.now() + limit(60_000);
        while (!out.includes(text)) {
          if (Date.now() > deadline) throw new Error(`Never printed ${text}: ${out}`);
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      };
      await until('Watching');
      out = '';
      await writeFile(spec(), (await readFile(spec(), 'utf8')).replace('summary: List things', 'summary: List them'));
      await until('written.');
      expect(await readFile(generated('src/client.ts'), 'utf8')).toContain('List them');
    } finally {
      child.kill();
      await new Promise((resolve) => child.on('close', resolve));
    }
  });

  it('exits with 2 for a fault, named with its provider, and writes the others where it may go on', async () => {
    await cp(join(cwd, 'specs/acme'), join(cwd, 'specs/broken'), { recursive: true });
    // No folder, which nothing has foreseen.
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

  it('names the file that a package was made from', async () => {
    const texts = () => Promise.all(['README.md', 'src/index.ts'].map((path) => readFile(generated(path), 'utf8')));
    await run(['generate'], cwd);
    for (const text of await texts()) expect(text).toContain('specs/acme/openapi.yaml');
    await writeFile(join(cwd, 'specs/acme/openapi.json'), JSON.stringify(parse(await readFile(spec(), 'utf8'))));
    await rm(spec());
    await run(['generate'], cwd);
    for (const text of await texts()) expect(text).toMatch(/specs\/acme\/openapi\.json(?!.*openapi\.yaml)/s);
  });

  it('looks for packages without a spec in one part of all parts', async () => {
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

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind on %s', async (signal) => {
    // Nothing is moved out of the staging folder, so that the signal comes while it is there, however busy the machine is.
    const stall = `import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
      fs.promises.rename = () => new Promise(() => setInterval(() => {}, 1000)); syncBuiltinESMExports();`;
    const preload = ['--import', `data:text/javascript,${encodeURIComponent(stall)}`];
    const child = spawn(process.execPath, [...preload, MAIN, 'generate'], { cwd, stdio: 'ignore' });
    const ended = new Promise<string | null>((resolve) => child.on('exit', (_code, by) => resolve(by)));
    const there = () => readdir(join(cwd, 'generated')).catch(() => []);
    await expect.poll(there, { interval: 5, timeout: limit(60_000) }).toEqual([expect.stringMatching(/^\.staging-/)]);
    child.kill(signal);
    expect(await ended).toBe(signal);
    expect(await there()).toEqual([]);
  });
});

describe('lint and help', () => {
  it('lint is quiet about a good spec and exits with 1 on a bad one', async () => {
    expect(await run(['lint'], cwd)).toMatchObject({ code: 0, out: 'acme: no problem.\n', err: '' });
    await writeFile(spec(), (await readFile(spec(), 'utf8')).replace('operationId: listThings', 'operationId: 7'));
    expect((await run(['lint'], cwd)).code).toBe(1);
  });

  it('help lists the commands and exits with 0', async () => {
    const { code, out } = await run(['help'], cwd);
    expect(code).toBe(0);
    for (const name of ['generate', 'lint']) expect(out).toContain(name);
  });
});
