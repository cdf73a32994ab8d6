import { afterAll, beforeAll, expect, it } from 'vitest';
import { InputError } from '../../scripts/common/diagnostics/diagnostic.ts';
import { loadConfig, readConfig } from '../../scripts/config/index.ts';
import { configOf, type EmitterWorkspace, makeWorkspace } from './workspace.ts';

let workspace: EmitterWorkspace;
let revision = 0;
beforeAll(async () => {
  workspace = await makeWorkspace();
});
afterAll(() => workspace.remove());

async function read(emitters: string, more?: string) {
  await workspace.write('countersign.config.ts', configOf(emitters, more));
  revision += 1;
  return readConfig(workspace.root, revision);
}

const ITSELF = '`emitters.0`';
/** Emitters, other settings, the message, and the text at its location. */
const wrong: readonly (readonly [string, string, string, string])[] = [
  ['undefined', '', `${ITSELF}: must be an emitter, received undefined.`, 'undefined'],
  ["'valibot'", '', `${ITSELF}: must be an emitter, received "valibot".`, "'valibot'"],
  ['() => make("a")', '', `${ITSELF}: must be an emitter, received a function.`, '() =>'],
  ['[]', '', `${ITSELF}: must be \`[emitter, settings]\`.`, '[]'],
  ['[make("a"), {}, 1]', '', `${ITSELF}: must be \`[emitter, settings]\`.`, '[make'],
  ['make("a", { emit: 1 })', '', `${ITSELF}, the emitter \`a\`: \`emit\`: must be a function.`, 'make("a"'],
  ['make("A b")', '', 'must be lower-case words with hyphens', 'make("A b")'],
  ['make("a", { api: 2 })', '', 'was written for version 2 of the emitter API; this is version 1.', 'make("a"'],
  ['make("a", { need: [] })', '', '`need` is not a property of an emitter; did you mean `needs`?', 'make("a"'],
  ['make("a", { entries: { "./a": "../a.ts" } })', '', 'must be a path inside the package', 'make("a"'],
  ['make("a", { entries: { a: "src/a.ts" } })', '', 'must be an entry point such as `./postman`', 'make("a"'],
  ['make("a", { settings: {} })', '', 'must be a Standard Schema', 'make("a"'],
  ['[make("a"), { x: 1 }]', '', '`emitters.0.1`: the emitter `a` does not take settings.', '{ x: 1 }'],
  [
    '[make("a", { settings: z.strictObject({ deep: z.object({ size: z.number() }) }) }), { deep: { size: "x" } }]',
    '',
    '`emitters.0.1.deep.size`: Invalid input: expected number, received string.',
    'size: "x"',
  ],
  ['make("a", { settings: z.object({ size: z.number() }) })', '', '`emitters.0.size`: Invalid input', 'make("a"'],
  [
    'make("client")',
    '',
    'the emitter name `client` is used twice: countersign has a built-in emitter with this name.',
    'make("client")',
  ],
  [
    'make("a"), make("b"), make("a")',
    '',
    '`emitters.2`: the emitter name `a` is used twice: `emitters.0` has',
    'make("a")]',
  ],
  ['make("a", { needs: ["cliient"] })', '', 'needs `cliient`, which shop does not have.', 'make("a"'],
  ['make("a", { needs: ["hooks"] })', '', 'needs `hooks`, which shop does not have.', 'make("a"'],
  ['make("a", { needs: ["hooks-vue"] })', '', 'needs `hooks-vue`, which shop does not have.', 'make("a"'],
  ['make("a", { needs: ["b"] }), make("b", { needs: ["a"] })', '', '`b` and `a` need each other.', 'make("b"'],
  ['make("a", { needs: ["a"] })', '', '`a` and `a` need each other.', 'make("a"'],
  [
    '',
    '\n  providers: { shop: { emitters: [make("a", { needs: ["msw"] })] } },',
    '`providers.shop.emitters.0`: the emitter `a` needs `msw`, which shop does not have.',
    'make("a"',
  ],
];

it.each(wrong)('%s%s is an error with its location', async (emitters, more, said, place) => {
  const error = await read(emitters, more).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw error ?? new Error('It was accepted.');
  const [problem, ...others] = error.diagnostics;
  expect(problem?.message).toContain(said);
  expect(problem).toMatchObject({ severity: 'error', code: 'config-value', at: { file: 'countersign.config.ts' } });
  expect(others.filter(({ message }) => message === problem?.message)).toEqual([]);
  const line = configOf(emitters, more).split('\n')[(problem?.at.line ?? 0) - 1] ?? '';
  expect(`${line.slice((problem?.at.column ?? 0) - 1)}]`.startsWith(place)).toBe(true);
});

it('sorts emitters by their needs, and adds default settings', async () => {
  const settings = 'z.object({ size: z.number().default(7) })';
  const { emitters } = await read(
    `make('a', { needs: ['b', 'client'] }), [make('b', { needs: ['c'], settings: ${settings} }), {}], make('c')`,
    "\n  providers: { shop: { hooks: true, emitters: [make('d', { needs: ['hooks', 'a'] })] }, other: {} },",
  );
  expect(emitters?.of('shop').map(({ emitter }) => emitter.name)).toEqual(['c', 'b', 'a', 'd']);
  expect(emitters?.of('other').map(({ emitter }) => emitter.name)).toEqual(['c', 'b', 'a']);
  expect(emitters?.of('shop').map(({ settings }) => settings)).toEqual([undefined, { size: 7 }, undefined, undefined]);
});

it('accepts a configuration without emitters', async () => {
  const { emitters } = await read('');
  expect(emitters).toBeUndefined();
  expect(await loadConfig(workspace.root, revision)).toMatchObject({ emitters: [] });
});
