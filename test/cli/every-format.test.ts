/** `--format` of each command that reports, with an error in the spec, with an invalid configuration, and without either. */
import { readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listen } from '@countersign/runtime/server/node';
import type { Command } from 'commander';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { openOutput } from '../../scripts/commands/cli/output.ts';
import { commandsOf } from '../../scripts/commands/cli/program.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { documentOf, operation, writeWorkspace } from '../receiving/support.ts';
import { makeWorkspace, run } from './run.ts';

/** They serve, prompt, or print output for other programs, and report no diagnostics. */
const WITHOUT = ['init', 'lsp', 'mock', 'mock env', 'mock listen', 'serve'];
const ROWS: readonly (readonly [command: string, args: readonly string[], code: string])[] = [
  ['generate', [], 'ref-not-found'],
  ['generate', ['--check'], 'ref-not-found'],
  ['lint', [], 'ref-not-found'],
  ['docs', ['acme'], 'ref-not-found'],
  ['flows', ['acme'], 'flows-missing'],
  ['build', ['acme'], 'build-missing'],
  ['diff', ['acme', '--against', 'none.json'], 'diff-document'],
  ['release', ['acme'], 'release-tree'],
  ['add', ['acme'], 'provider-exists'],
  ['doctor', [], 'ref-not-found'],
  ['mock fire', ['acme', '--to', 'http://127.0.0.1:1'], 'ref-not-found'],
];

let cwd: string;
beforeAll(async () => {
  cwd = await makeWorkspace();
  const spec = join(cwd, 'specs/acme/openapi.yaml');
  const text = await readFile(spec, 'utf8');
  await writeFile(spec, text.replace('minimum: 1', "$ref: '#/components/schemas/Nothing'"));
});
afterAll(() => rm(cwd, { recursive: true }));

/** The codes of the errors in a report; throws if it is not valid in its format. */
const READERS: { readonly [format: string]: (out: string) => readonly string[] } = {
  json: (out) => {
    const { ok, diagnostics = [], checks = [], findings = [] } = JSON.parse(out);
    expect(ok).toBe(false);
    return [...diagnostics, ...checks, ...findings].flatMap(({ code, name, problem }) =>
      problem === null ? [] : (code ?? /ref-not-found/.exec(`${name} ${problem}`)?.[0] ?? []),
    );
  },
  sarif: (out) => {
    const { version, runs } = JSON.parse(out);
    expect([version, runs.length]).toEqual(['2.1.0', 1]);
    return runs[0].results.map(({ ruleId }: { readonly ruleId: string }) => ruleId);
  },
  github: (out) => {
    const lines = out.trim().split('\n');
    expect(lines.filter((line) => !/^::(error|warning|notice) file=[^,:]+,line=\d+,col=\d+,title=/.test(line))).toEqual(
      [],
    );
    return lines.map((line) => /title=([^:,]+)::/.exec(line)?.[1] ?? '');
  },
  junit: (out) => {
    expect(XMLValidator.validate(out)).toBe(true);
    const failures = [...out.matchAll(/<failure type="([^"]+)"/g)].map(([, code = '']) => code);
    expect(new XMLParser({ ignoreAttributes: false }).parse(out).testsuites).toBeDefined();
    return failures;
  },
};

const formats = Object.keys(READERS);
const named = (command: Command, before = ''): readonly (readonly [string, Command])[] => [
  [`${before}${command.name()}`, command],
  ...command.commands.flatMap((child) => named(child, `${before}${command.name()} `)),
];

test('every command has the option, or reports nothing', async () => {
  const output = openOutput(process.stdout, process.stderr, { CI: '1' });
  const commands = (await commandsOf(openWorkspace(cwd), output)).flatMap((each) => named(each));
  const has = ([, { options }]: (typeof commands)[number]): boolean => options.some(({ long }) => long === '--format');
  const names = (list: typeof commands): readonly string[] => list.map(([name]) => name).sort();
  expect(names(commands.filter((each) => !has(each)))).toEqual(WITHOUT);
  expect(names(commands.filter(has))).toEqual([...new Set(ROWS.map(([command]) => command))].sort());
});

describe.each(ROWS)('%s %j reports an error', (command, args, code) => {
  it.each(formats)('as %s', async (format) => {
    const ran = await run([...command.split(' '), ...args, '--format', format], cwd);
    expect(READERS[format]?.(ran.out), ran.out + ran.err).toContain(code);
    expect(ran.code).toBe(1);
  });
});

describe('an invalid configuration', () => {
  const config = (): string => join(cwd, 'countersign.config.ts');
  beforeAll(() => writeFile(config(), 'export default { specs: 7 };\n'));
  afterAll(() => rm(config()));
  it.each(ROWS.map(([command, args], index) => [command, args, formats[index % formats.length] ?? ''] as const))(
    'is reported by %s %j as %s',
    async (command, args, format) => {
      const ran = await run([...command.split(' '), ...args, `--format=${format}`], cwd);
      expect(READERS[format]?.(ran.out), ran.out + ran.err).not.toEqual([]);
      expect(ran.code).toBe(1);
    },
  );
});

describe('without an error', () => {
  const document = documentOf({ webhooks: { event: { post: operation('event', { security: [] }) } } });
  let root: string;
  let receiver: Awaited<ReturnType<typeof listen>>;
  beforeAll(async () => {
    root = await writeWorkspace(document);
    await writeFile(join(root, 'package.json'), '{ "type": "module", "private": true }');
    await symlink(join(import.meta.dirname, '../../node_modules'), join(root, 'node_modules'));
    expect((await run(['generate'], root)).code).toBe(0);
    receiver = await listen({
      fetch: (request) => Response.json({ ok: true }, { status: request.url.endsWith('/closed') ? 503 : 200 }),
    });
  });
  afterAll(async () => {
    await receiver.close();
    await rm(root, { recursive: true });
  });
  const say = async (args: readonly string[]): Promise<string> => {
    const { code, out, err } = await run(args, root);
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    return out;
  };

  it.each([
    ['generate', []],
    ['docs', []],
  ] as const)('%s prints only its report', async (command, args) => {
    const out = await say([command, ...args, '--format', 'sarif']);
    expect(JSON.parse(out).runs[0].results.filter(({ level }: { level: string }) => level === 'error')).toEqual([]);
    expect(JSON.parse(await say([command, ...args, '--json'])).ok).toBe(true);
  });

  it('build names the missing package', async () => {
    await rename(join(root, 'node_modules'), join(root, 'kept'));
    const { code, out } = await run(['build', '--format', 'github'], root);
    await rename(join(root, 'kept'), join(root, 'node_modules'));
    expect([code, out]).toEqual([1, expect.stringContaining('title=runtime-missing::')]);
  });

  it('add reports its changes to a document as notes', async () => {
    await writeFile(
      join(root, 'theirs.json'),
      JSON.stringify({ ...document, openapi: '3.0.3', webhooks: undefined, paths: {} }),
    );
    const out = await say(['add', 'theirs', '--from', 'theirs.json', '--format', 'github']);
    expect(out.split('\n').filter((line) => !/^(::notice .*title=add-imported::.+)?$/.test(line))).toEqual([]);
  });

  it('mock fire reports the messages that were rejected', async () => {
    const fire = (path: string, format: string) =>
      run(['mock', 'fire', 'partner', '--no-retry', '--to', `${receiver.url}/${path}`, '--format', format], root);
    const fine = await fire('open', 'junit');
    expect([fine.code, fine.out]).toEqual([0, expect.stringContaining('tests="1" failures="0"')]);
    const refused = await fire('closed', 'github');
    expect([refused.code, refused.out]).toEqual([
      1,
      expect.stringMatching(
        /^::error file=specs\/partner\/openapi\.(yaml|json),line=1,col=1,title=fire-failed::.*503.*\n$/,
      ),
    ]);
  });
});
