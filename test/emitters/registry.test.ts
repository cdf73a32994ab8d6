import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { around, registry } from '../../scripts/emit/index.ts';
import { apiOf } from '../validators/fixture.ts';
import { type EmitterWorkspace, makeWorkspace, repository } from './workspace.ts';

const emitters = await Promise.all(registry.map(async ({ name, load }) => ({ name, emitter: await load() })));
const names = emitters.map(({ name }) => name);

describe('our own emitters', () => {
  it('have the names in the registry, each once', async () => {
    expect(emitters.map(({ emitter }) => emitter.name)).toEqual(names);
    const last = await Promise.all(around.map(({ load }) => load()));
    expect(last.map(({ name }) => name)).toEqual(around.map(({ name }) => name));
    expect(new Set([...names, ...around.map(({ name }) => name)]).size).toBe(names.length + around.length);
  });

  it('are sorted by their needs', () => {
    for (const [index, { name, emitter }] of emitters.entries())
      expect(names.slice(0, index), `the needs of ${name}`).toEqual(expect.arrayContaining([...(emitter.needs ?? [])]));
  });

  it('need only the emitters whose files they import', async () => {
    const responses = { 204: { description: 'done' } };
    const vectors = [{ credentials: { secret: 's' }, signature: 'x' }];
    const signing = { algorithm: 'md5', credentials: { secret: {} }, vectors };
    const signed = { type: 'apiKey', in: 'header', name: 'X-Sign', 'x-cs-signing': signing };
    const api = apiOf(
      {},
      {
        servers: [{ url: 'https://a.invalid' }],
        paths: { '/a': { get: { operationId: 'getThing', responses } } },
        components: { schemas: { Thing: { type: 'object' } }, securitySchemes: { signed } },
      },
    );
    const made = await Promise.all(
      emitters.map(async ({ name, emitter }) => ({
        name,
        needs: emitter.needs ?? [],
        files: await emitter.emit(api, {}),
      })),
    );
    const makers = new Map(made.flatMap(({ name, files }) => files.map(({ path }) => [path, name] as const)));
    for (const { name, needs, files } of made) {
      const imported = files.flatMap(({ path, text }) =>
        [...text.matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(([, to = '']) => posix.join(posix.dirname(path), to)),
      );
      const wanted = new Set(imported.map((path) => makers.get(path)).filter((maker) => maker !== name));
      expect([...wanted].sort(), `what ${name} imports`).toEqual([...needs].sort());
    }
  });
});

describe('a run', () => {
  let workspace: EmitterWorkspace;
  beforeAll(async () => {
    workspace = await makeWorkspace();
  });
  afterAll(() => workspace.remove());

  /** The modules that one run loads if no other thread takes a part of it. */
  function loadedBy(config: string): readonly string[] {
    const record = `
      import { registerHooks } from 'node:module';
      import { appendFileSync } from 'node:fs';
      registerHooks({ load(url, context, next) { appendFileSync(process.env.LOADED, url + '\\n'); return next(url, context); } });`;
    const script = `
      import { makeProvider } from ${JSON.stringify(`${repository}/scripts/generate/make-provider.ts`)};
      import { openWorkspace } from ${JSON.stringify(`${repository}/scripts/config/workspace.ts`)};
      const { files } = await makeProvider(openWorkspace(${JSON.stringify(workspace.root)}, ${config}), 'shop', undefined);
      console.log(files);
      console.log((await import('node:fs')).readFileSync(process.env.LOADED, 'utf8'));`;
    const file = `${workspace.root}/loaded-${Math.random()}.txt`;
    writeFileSync(`${workspace.root}/run.js`, script);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(record)}`, `${workspace.root}/run.js`],
      { encoding: 'utf8', env: { ...process.env, LOADED: file } },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return [...stdout.matchAll(/\/(?:scripts|node_modules)\/([^\s?]+)/g)].map(([, path = '']) => path);
  }

  it('loads no emitter that it does not use', () => {
    expect(openWorkspace(workspace.root).hasEmitters).toBe(false);
    const plain = loadedBy('{}');
    const isOf = (folders: string) => new RegExp(`^(emit/(${folders})|orval|@orval)/`);
    expect(plain.filter((path) => isOf('client|types').test(path)).length).toBeGreaterThan(3);
    expect(plain.filter((path) => isOf('hooks|msw|orval').test(path))).toEqual([]);
    expect(plain.filter((path) => /other-emitters|emitter-sources|config\/emitters/.test(path))).toEqual([]);
    const withHooks = loadedBy('{ providers: { shop: { hooks: true } } }');
    expect(withHooks).toEqual(
      expect.arrayContaining(['emit/hooks/index.ts', 'emit/msw/index.ts', 'emit/orval/run-orval.ts']),
    );
  });
});
