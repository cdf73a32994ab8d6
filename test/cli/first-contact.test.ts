import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorkspace, run } from './run.ts';

const { version } = JSON.parse(await readFile(join(import.meta.dirname, '../../package.json'), 'utf8'));
let root: string;

beforeAll(async () => {
  root = await makeWorkspace();
});
afterAll(() => rm(root, { recursive: true, force: true }));

const write = async (path: string, text: string): Promise<void> => {
  await mkdir(join(root, path, '..'), { recursive: true });
  await writeFile(join(root, path), text);
};

describe('the version', () => {
  it.each(['--version', '-v', '-V'])('is printed by %s, in a broken workspace too', async (flag) => {
    await write('countersign.config.ts', 'export default 7;\n');
    expect(await run([flag], root)).toEqual({ code: 0, out: `${version}\n`, err: '' });
    await rm(join(root, 'countersign.config.ts'));
  });
});

describe('an invalid command line', () => {
  it.each([
    ['a misspelled command', ['generat'], "error: unknown command 'generat'. Did you mean generate?\n"],
    [
      'an unknown option',
      ['release', '--dry'],
      /^error: unknown option '--dry'\. Run `countersign release --help` [^\n]*\n$/,
    ],
    [
      'an invalid option',
      ['mock', '--port', 'x'],
      /Expected an integer [^\n]* Run `countersign mock --help` [^\n]*\n$/,
    ],
    ['a missing argument', ['mock', 'fire'], /'provider'\. Run `countersign mock fire --help` [^\n]*\n$/],
    ['a missing argument of mock', ['listen'], /^error: unknown command 'listen'\. Did you mean mock listen\?\n$/],
    [
      'a command that resembles no other',
      ['xyzzy'],
      /^error: unknown command 'xyzzy'\. Run `countersign --help` [^\n]*\n$/,
    ],
    ['a misspelled option', ['generate', '--chek'], "error: unknown option '--chek'. Did you mean --check?\n"],
    ['a misspelled option of a subcommand', ['mock', 'fire', 'acme', '--tu', 'x'], /^error: [^\n]*--to[^\n]*\n$/],
    ['a missing argument', ['add'], /^error: missing required argument 'provider'\. [^\n]*\n$/],
  ])('is reported in one line: %s', async (_, args, message) => {
    const { code, out, err } = await run(args, root);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(message);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

describe('the last line of generate', () => {
  it('says what was written, then what was checked and that nothing changed', async () => {
    expect((await run(['generate'], root)).out).toMatch(/\n\d+ files written\.\n$/);
    expect((await run(['generate'], root)).out).toMatch(
      /\nChecked 1 spec and their plugins\. generated\/ is up to date\.\n$/,
    );
  });

  it.each([
    ['is empty', '', true],
    ['sets the role receiver', "providers: { acme: { role: 'receiver' } }", true],
    ['sets the role caller', "providers: { acme: { role: 'caller' } }", false],
  ])(
    'is preceded by missing handlers only if the provider calls us: the configuration %s',
    async (_, settings, told) => {
      await rm(join(root, 'plugins/acme/logic'), { recursive: true, force: true });
      await write('countersign.config.ts', `export default { ${settings} };\n`);
      const { code, out } = await run(['generate'], root);
      expect({ code, told: /no handler yet/.test(out) }).toEqual({ code: 0, told });
      const doctor = await run(['doctor'], root);
      expect(/without a handler/.test(doctor.out)).toBe(told);
    },
  );
});

describe('long work without a terminal', () => {
  it('reports each step of add --from on its own line', async () => {
    const document = {
      openapi: '3.0.3',
      info: { title: 'Theirs', version: '1' },
      paths: { '/things': { get: { responses: { '200': { description: 'Things.' } } } } },
    };
    await write('theirs.json', JSON.stringify(document));
    const { code, out } = await run(['add', 'theirs', '--from', 'theirs.json'], root);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^reading theirs\.json …\nparsing 1 KiB …\nconverting OpenAPI 3\.0\.3 to 3\.1 …\nwritten .*\n[\s\S]*^checking specs\/theirs\/openapi\.yaml …$/m,
    );
    expect(out).not.toContain('\r');
    expect(out).not.toContain('\u001b');
  });

  it('reports each page of docs', async () => {
    const { code, out } = await run(['docs', 'acme'], root);
    expect({ code, first: out.split('\n')[0] }).toEqual({ code: 0, first: 'building the page of acme …' });
  });
});

describe('doctor', () => {
  it('shows the first of many names, and all of them as JSON', async () => {
    const operation = (name: string) => ({
      operationId: name,
      summary: name,
      responses: { '200': { description: 'Fine.' }, '400': { description: 'Wrong.' } },
    });
    const paths = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`/things${index}`, { get: operation(`getThing${index}`) }]),
    );
    const info = { title: 'Many', version: '1', license: { name: 'MIT', identifier: 'MIT' } };
    const document = { openapi: '3.1.1', info, servers: [{ url: 'https://many.invalid' }], security: [], paths };
    await write('specs/many/openapi.json', JSON.stringify(document));
    const { out } = await run(['doctor'], root);
    const line = out.split('\n').find((each) => each.includes('without a handler')) ?? '';
    expect(line).toMatch(/ and \d+ more$/);
    expect(line.length).toBeLessThan(400);
    const { findings } = JSON.parse((await run(['doctor', '--json'], root)).out);
    const items = findings.flatMap((finding: { items?: string[] }) => finding.items ?? []);
    expect(items).toContain('many.getThing59');
  });
});

describe('a command from a plugin', () => {
  const plugin = (text: string) => write('plugins/acme/command.ts', text);

  it('is listed, run and documented like the others', async () => {
    await plugin(
      `
      import { CommandError } from '@countersign/runtime/command';
      export const command = {
        name: 'levels',
        description: 'Manage levels',
        actions: [{
          name: 'read',
          description: 'Print a level',
          arguments: [{ name: 'user', description: 'user ID' }],
          options: [{ flags: '--data <folder>', description: 'folder', default: '.data' }],
          run: async ({ args: [user], options, root }, io) => {
            if (user === 'ghost') throw new CommandError('There is no user ghost.');
            io.table(['user', 'data'], [[user, options.data]]);
          },
        }],
      };`.replace("'@countersign/runtime/command'", `'${join(import.meta.dirname, '../../runtime/command/index.ts')}'`),
    );
    expect((await run(['--help'], root)).out).toMatch(/^ {2}levels +Manage levels$/m);
    expect(await run(['levels', 'read', 'a\u001b[2J'], root)).toEqual({
      code: 0,
      out: expect.stringMatching(/^user +data\na\\u001b\[2J +\.data\n$/),
      err: '',
    });
    expect(await run(['levels', 'read', 'ghost'], root)).toMatchObject({ code: 1, err: 'There is no user ghost.\n' });
    expect((await run(['level'], root)).err).toContain('Did you mean levels?');
  });

  it.each([
    ['does not export a command', 'export const other = 1;', 'The module does not export `command`.'],
    [
      'uses a name that is taken',
      "export const command = { name: 'lint', actions: [] };",
      'The command name `lint` is already in use.',
    ],
    ['cannot be loaded', 'export const command = nowhere;', 'The module cannot be loaded: nowhere is not defined.'],
  ])('is rejected if its module %s, and does not affect other commands', async (_, text, message) => {
    await plugin(text);
    const { code, err } = await run(['levels'], root);
    expect({ code, err }).toEqual({ code: 1, err: expect.stringContaining(`error[plugin-command]: ${message}`) });
    expect((await run(['lint', 'acme'], root)).code).toBe(0);
  });
});
