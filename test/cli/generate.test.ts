import { spawn } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAIN } from '../run/cli.ts';
import { limit } from '../run/slowness.ts';
import { makeWorkspace, run } from './run.ts';

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
  it('writes a package, then nothing, then what changed', async () => {
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
    expect(second.out).toContain('generated/ is up to date.');
    expect(await times()).toEqual(before);

    await writeFile(spec(), (await readFile(spec(), 'utf8')).replace('minimum: 1', 'minimum: 0'));
    const third = await run(['generate'], cwd);
    expect(third.code).toBe(0);
    const after = await times();
    const moved = Object.keys(after).filter((file) => after[file] !== before[file]);
    expect(moved.map((file) => file.slice(cwd.length))).toContain('/generated/acme/src/validators.ts');
    expect(moved.map((file) => file.slice(cwd.length))).not.toContain('/generated/acme/src/errors.ts');
  });

  it('--check reports an edited, a missing and an unknown file, and writes nothing', async () => {
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

  it('writes nothing if there is an error, and reports every error', async () => {
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

  it.each<[args: readonly string[], end: string]>([
    [['generate', 'acne'], '1 error; nothing was written.'],
    [['generate', '--keep-going', 'acne'], '1 error; nothing was written.'],
    [['generate', '--check', 'acne'], '1 error.'],
    [['docs', 'acne'], '1 error; nothing was written.'],
    [['add', 'acme'], '1 error; nothing was written.'],
    [['init', '--scope', 'x'], '1 error; nothing was written.'],
    [['release', '--dry-run', 'acne'], '1 error; nothing was published.'],
    [['build', 'acne'], '1 error.'],
    [['lint', 'acne'], '1 error.'],
    [['lint', '--fix', 'acne'], '1 error.'],
    [['flows', 'acne'], '1 error.'],
    [['diff', 'acne'], '1 error.'],
    [['mock', 'acne'], '1 error.'],
    [['mock', 'env', 'acne'], '1 error.'],
    [['serve', 'acne'], '1 error.'],
  ])('%j says that nothing was written only if it writes', async (args, end) => {
    const { code, err } = await run(args, cwd);
    expect({ code, end: err.trimEnd().split('\n').at(-1) }).toEqual({ code: 1, end });
  });

  it.each([
    ['generate', '1 error; nothing was written.'],
    ['lint', '1 error.'],
  ])('%s ends the same way if the configuration is invalid', async (command, end) => {
    const config = join(cwd, 'countersign.config.ts');
    await writeFile(config, 'export default { specs: 7 };\n');
    const { code, err } = await run([command], cwd);
    await rm(config);
    expect({ code, end: err.trimEnd().split('\n').at(-1) }).toEqual({ code: 1, end });
  });

  it.each<[string, readonly string[], RegExp]>([
    ['an unknown provider', ['generate', 'acne'], /Did you mean `acme`\?/],
    ['an unknown option', ['generate', '--chek'], /--check/],
    ['--check with --watch', ['generate', '--check', '--watch'], /cannot be used with option '--check'/],
    ['an unknown command', ['generat'], /generate/],
  ])('%s is invalid: exit code 1', async (_, args, said) => {
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

  it('an error in a large document ends the run while another thread works on it', async () => {
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

  it('names the file that blocks its output, and writes nothing', async () => {
    await mkdir(generated('.'), { recursive: true });
    await writeFile(generated('src'), 'a file where a folder must be');
    const { code, err } = await run(['generate'], cwd);
    expect(code).toBe(1);
    expect(err).toContain('generated/acme/src:1:1');
    expect(await readdir(generated('.'))).toEqual(['src']);
  });

  it('exits with 2 if the output folder is not writable', async () => {
    await writeFile(join(cwd, 'generated'), 'a file where a folder must be');
    const { code, err } = await run(['generate'], cwd);
    expect(code).toBe(2);
    expect(err).toContain('bug in Countersign');
  });

  it('--watch generates again after a file was saved', async () => {
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
      expect(await readFile(generated('src/operations.ts'), 'utf8')).toContain('List them');
    } finally {
      child.kill();
      await new Promise((resolve) => child.on('close', resolve));
    }
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves no temporary files behind on %s', async (signal) => {
    // No file is moved out of the staging folder, so that the signal arrives while it exists, on a machine of any
    // speed.
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
  it('lint is silent for a valid spec and exits with 1 for an invalid one', async () => {
    expect(await run(['lint'], cwd)).toMatchObject({ code: 0, out: 'acme: no errors.\n', err: '' });
    await writeFile(spec(), (await readFile(spec(), 'utf8')).replace('operationId: listThings', 'operationId: 7'));
    expect((await run(['lint'], cwd)).code).toBe(1);
  });

  it('help lists the commands and exits with 0', async () => {
    const { code, out } = await run(['help'], cwd);
    expect(code).toBe(0);
    for (const name of ['generate', 'lint']) expect(out).toContain(name);
  });
});
