import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { repository } from '../build/make-workspace.ts';

type Block = { readonly page: string; readonly line: number; readonly kind: string; readonly text: string };

async function findBlocks(): Promise<readonly Block[]> {
  const [docs, generated] = await Promise.all(['docs', 'generated'].map((folder) => readdir(join(repository, folder))));
  const pages = [
    ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'],
    ...(docs ?? []).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`),
    ...(generated ?? []).map((provider) => `generated/${provider}/README.md`),
  ];
  const found = await Promise.all(
    pages.map(async (page) => {
      const text = await readFile(join(repository, page), 'utf8');
      return [...text.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].map(({ 1: info = '', 2: code = '', index }) => ({
        page,
        line: text.slice(0, index).split('\n').length,
        kind: info === '' ? 'output' : info.includes(' ') ? 'file' : info,
        text: code,
      }));
    }),
  );
  return found.flat();
}

const blocks = await findBlocks();
const manifest = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};
const readme = await readFile(join(repository, 'README.md'), 'utf8');
/** Each `x-cs-*` of a document with its value. */
function extensionsIn(value: unknown): readonly (readonly [word: string, value: unknown])[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key.startsWith('x-cs-') ? [[key, member] as const] : extensionsIn(member),
  );
}
const named = (block: Block): readonly [string, Block] => [`${block.page}:${block.line}`, block];

/** The test that runs or type-checks each kind of block, by page. */
const ATTENDED: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'code-blocks.test.ts': { ts: /./ },
  '../frontend/builds.deep.test.ts': { file: /^docs\/react\.md$/ },
  'testing.test.ts': { file: /^docs\/testing\.md$/ },
  'receivers.test.ts': { js: /^docs\/receivers\.md$/ },
  'signers-end-to-end.deep.test.ts': { yaml: /^docs\/signers\.md$/ },
  '../signing/encrypted.test.ts': { js: /^docs\/signers\.md$/ },
  '../runtime/client/page-kinds.test.ts': { yaml: /^docs\/paging\.md$/ },
  '../openapi-3.2/documents.test.ts': { yaml: /^docs\/openapi-3\.2\.md$/ },
  '../oauth/page.test.ts': { yaml: /^docs\/oauth\.md$/, file: /^docs\/oauth\.md$/ },
  '../mock/announce-roles.test.ts': { output: /^docs\/mock\.md$/ },
  '../add-a-provider/editor.test.ts': { yaml: /^docs\/editors\.md$/ },
  'start.test.ts': { file: /^README\.md$/, output: /^README\.md$/ },
  '../toolkit/toolkit.deep.test.ts': { file: /^docs\/add-a-provider\.md$/ },
  '../toolkit/create.deep.test.ts': { file: /^docs\/tutorial\.md$/, output: /^docs\/tutorial\.md$/ },
  '../toolkit/consume.deep.test.ts': { file: /^docs\/publishing\.md$/ },
  '../emitters/packed.deep.test.ts': { file: /^docs\/emitters\.md$/ },
  'blocks.test.ts': { sh: /./, yaml: /^(README|docs\/(ci|mock|publishing|receivers))\.md$/ },
};

describe('every block of README, docs and packages', () => {
  it('is run or type-checked by a test', () => {
    const unattended = blocks.filter(
      ({ kind, page }) => !Object.values(ATTENDED).some((kinds) => kinds[kind]?.test(page)),
    );
    expect(unattended.map(({ page, line, kind }) => `${page}:${line} ${kind}`)).toEqual([]);
    expect(blocks.length).toBeGreaterThan(40);
  });

  it.each(blocks.filter(({ kind }) => kind === 'sh').map(named))('%s has commands that exist', async (_, { text }) => {
    const commands = text
      .split(/\n|&&/)
      .map((line) => line.replace(/#.*$/, '').trim())
      .filter((line) => line !== '');
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) await expectCommand(command);
  });

  it('README.md shows a scheme of the spec that it names', async () => {
    const [shown] = blocks.filter(({ page, kind }) => page === 'README.md' && kind === 'yaml');
    const spec = parse(await readFile(join(repository, 'specs/moonpacket/openapi.yaml'), 'utf8'));
    const { securitySchemes } = parse(shown?.text ?? '');
    expect(spec.components.securitySchemes).toMatchObject(securitySchemes);
  });

  it.each(blocks.filter(({ page, kind }) => /^docs\/(receivers|mock)\.md$/.test(page) && kind === 'yaml').map(named))(
    '%s matches the schema of the extensions',
    async (_, { text }) => {
      const schema = JSON.parse(await readFile(join(repository, 'specs/x-cs.schema.json'), 'utf8'));
      const ajv = new Ajv2020({ allowUnionTypes: true });
      addFormats.default(ajv);
      ajv.addSchema(schema);
      const words = extensionsIn(parse(text));
      expect(words.length).toBeGreaterThan(0);
      for (const [word, value] of words) {
        const check = ajv.getSchema(`${schema.$id}#/$defs/${word}`);
        expect([word, check?.(value), check?.errors]).toEqual([word, true, null]);
      }
    },
  );

  type Workflow = {
    readonly permissions: object;
    readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly run?: string }[] }>>;
  };
  const shownIn = (page: string): string =>
    blocks.find((block) => block.page === page && block.kind === 'yaml')?.text ?? '';
  const commandsIn = (text: string): readonly string[] =>
    Object.values((parse(text) as Workflow).jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));

  it.each([
    ['docs/publishing.md', 'github-release'],
    ['docs/ci.md', 'github-contracts'],
  ])('%s shows the workflow that `init --ci github` writes', async (page, template) => {
    expect(shownIn(page)).toBe(await readFile(join(repository, `templates/ci/${template}.yml`), 'utf8'));
  });

  it("docs/publishing.md has a workflow that runs this repository's scripts, with the permission that provenance needs", () => {
    const text = shownIn('docs/publishing.md');
    expect((parse(text) as Workflow).permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(commandsIn(text)).toEqual(expect.arrayContaining(['npm ci', 'npm run release']));
    expect(text).not.toMatch(/TOKEN/);
    expect(Object.keys(manifest.scripts)).toContain('release');
  });

  it('docs/ci.md has a workflow whose commands exist', async () => {
    const commands = commandsIn(shownIn('docs/ci.md')).filter((command) => !command.startsWith('gh '));
    expect(commands.filter((command) => command.startsWith('npx countersign'))).toHaveLength(3);
    for (const command of commands) await expectCommand(command.replace(/ > \S+$/, ''));
  });
});

describe('the commands of README.md', () => {
  const inline = [...readme.matchAll(/`((?:npm (?:run|test)|npx countersign)[^`]*)`/g)].map(
    ([, command = '']) => command,
  );

  it('exist, with their options', async () => {
    expect(inline.length).toBeGreaterThan(15);
    for (const command of inline)
      await expectCommand(command.replace(/[[\]…]/g, ' ').replace(/<[^>]*>|\bprovider\b/g, 'x'));
  });

  it('include every script of package.json', () => {
    const bench = [...readme.matchAll(/`((?:bench|test):[\w-]+)`/g)].map(([, name = '']) => name);
    const told = [
      ...inline,
      ...blocks.filter(({ page, kind }) => page === 'README.md' && kind === 'sh').map(({ text }) => text),
    ].join('\n');
    const missing = Object.keys(manifest.scripts).filter(
      (name) =>
        !bench.includes(name) &&
        !new RegExp(`npm (run )?${name}(?![\\w:-])`).test(told) &&
        // npm runs `dependencies` itself.
        !/^((bench|test|check):|dependencies$)/.test(name),
    );
    expect(missing).toEqual([]);
  });
});

/** A command whose program, subcommand and options exist; the tests of that command prove what it does. */
async function expectCommand(command: string): Promise<void> {
  const [program = '', first = '', ...rest] = command
    // Variables that are set for the command alone.
    .replace(/^([A-Z_]+=\S+ )+/, '')
    .split(/\s+/)
    .filter((word) => word !== '--' && !/^(--silent|--save-dev)$/.test(word));
  if (program === 'env') {
    const [, inner = '', outer = ''] = /^env \$\(([^)]*)\) (.*)$/.exec(command) ?? [];
    await expectCommand(inner);
    return expectCommand(outer);
  }
  if (program === 'cd' || program === 'cp' || command === 'node call.ts') return;
  if (program === 'git') return expect(['init', 'add', 'commit'], command).toContain(first);
  if (program === 'curl') return expect(command).toMatch(/ http:\/\/127\.0\.0\.1:4010\/__mock\/reset\b/);
  if (program === 'npm') {
    const script = first === 'run' ? (rest[0] ?? '') : first === 'test' ? 'test' : undefined;
    if (script === undefined) return expect(['ci', 'create', 'install', 'pack', 'publish'], command).toContain(first);
    expect(Object.keys(manifest.scripts), command).toContain(script);
    const [, main] = /^node scripts\/start\.js (\w+)$/.exec(manifest.scripts[script] ?? '') ?? [];
    if (main !== undefined) await expectOptions(main, rest.slice(1), command);
    return;
  }
  expect(program, command).toBe('npx');
  if (first === 'countersign') await expectOptions(rest[0] ?? '', rest.slice(1), command);
  // The converter of Swagger 2.0 is a tool of others, and not installed here.
  else expect(['node', 'swagger2openapi@7'], command).toContain(first);
}

async function expectOptions(name: string, words: readonly string[], command: string): Promise<void> {
  const files = await readdir(join(repository, 'scripts/commands/cli'));
  expect(files, command).toContain(`${name}.ts`);
  const source = await readFile(join(repository, 'scripts/commands/cli', `${name}.ts`), 'utf8');
  for (const word of words.filter((each) => each.startsWith('--')))
    expect(source, command).toMatch(word === '--format' ? /formatOption\(\)/ : new RegExp(`'${word}[ ']`));
  if (name === 'mock' && /^(fire|env)$/.test(words[0] ?? '')) expect(source).toContain(`new Command('${words[0]}')`);
}
