import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createGateway } from '@countersign/runtime/mock';
import { listen } from '@countersign/runtime/server/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadMockProvider } from '../../scripts/commands/mock/load-provider.ts';
import { helpFor, openRegistry, RegistryError } from '../../scripts/commands/release/registry.ts';
import { openWorkspace } from '../../scripts/config/workspace.ts';
import { makeWorkspace, repository, type TestWorkspace } from '../build/make-workspace.ts';
import { openTestRegistry, removeStorage, type TestRegistry } from './open-registry.ts';

const run = promisify(execFile);
let workspace: TestWorkspace;
let registry: TestRegistry;
let project: string;

const git = (...args: string[]) =>
  run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@test.invalid', ...args], { cwd: workspace.root });
const commit = async (): Promise<void> => {
  await git('add', '-A');
  await git('commit', '-q', '-m', 'Change');
};
const npm = (...args: string[]) => run('npm', args, { cwd: project, env: registry.env });
const release = async (...args: string[]) => {
  const { code, stdout, stderr } = await workspace.run(['release', '--json', ...args], registry.env);
  const result = JSON.parse(stdout.split('\n').findLast((line) => line.startsWith('{')) ?? '{}');
  return { code, stderr, ...result };
};
const told = ({
  outcomes = [],
}: {
  outcomes?: { kind: string; plan: { name: string; next?: string; bump: string } }[];
}) => outcomes.map(({ kind, plan: { name, next, bump } }) => [name, kind, next, bump]);
const edit = async (path: string, from: string | RegExp, to: string): Promise<void> => {
  const file = join(workspace.root, path);
  const text = await readFile(file, 'utf8');
  expect(text).toMatch(from);
  await writeFile(file, text.replace(from, to));
};

/** Type-checks the project's program with both compilers and both module resolutions. Returns the errors. */
async function typeCheck(): Promise<readonly string[]> {
  const problems: string[] = [];
  for (const compiler of ['typescript', 'typescript-7']) {
    for (const [moduleResolution, module] of [
      ['bundler', 'esnext'],
      ['node16', 'node16'],
    ] as const) {
      const options = {
        strict: true,
        target: 'es2022',
        lib: ['es2023', 'dom', 'dom.iterable'],
        module,
        moduleResolution,
        noEmit: true,
        skipLibCheck: false,
        types: [],
      };
      await writeFile(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: ['main.ts'] }));
      const tsc = join(repository, 'node_modules', compiler, 'bin/tsc');
      await run(process.execPath, [tsc, '-p', project], { cwd: project }).catch(({ stdout }: { stdout: string }) =>
        problems.push(`${compiler} ${moduleResolution}: ${stdout}`),
      );
    }
  }
  return problems;
}

beforeAll(async () => {
  registry = await openTestRegistry();
  workspace = await makeWorkspace(['moonpacket', 'naver']);
  await writeFile(join(workspace.root, '.gitignore'), 'node_modules\ndist\ntested\n');
  await writeFile(
    join(workspace.root, 'countersign.config.ts'),
    `export default { providers: { moonpacket: { role: 'both', hooks: true } }, release: { registry: '${registry.url}', test: 'echo ran >> tested' } };\n`,
  );
  await git('init', '-q');
  await workspace.run(['generate']);
  await commit();
  project = await mkdtemp(join(tmpdir(), 'countersign-project-'));
  await writeFile(join(project, 'package.json'), JSON.stringify({ name: 'project', private: true, type: 'module' }));
  // The peers: this registry has no uplink.
  for (const peer of ['zod', 'hono']) await publishCopy(peer);
});

afterAll(async () => {
  await registry.close();
  await removeStorage(registry);
  await workspace.remove();
  await rm(project, { recursive: true, force: true });
});

/** Publishes an installed package to this registry. Its own manifest may name a different one. */
async function publishCopy(name: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-peer-'));
  try {
    await cp(await realpath(join(repository, 'node_modules', name)), folder, { recursive: true });
    const {
      publishConfig: _,
      scripts: __,
      ...manifest
    } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
    await npm('publish', folder, '--registry', registry.url, '--tag', 'latest');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As a user types it. hono is an optional peer, which this program needs. */
const install = (spec: string) => npm('install', spec, 'hono');

describe('release, to a registry on loopback', () => {
  it('prints its plan without executing it', async () => {
    const planned = await release('--dry-run');
    expect(told(planned)).toEqual([
      ['@countersign/moonpacket', 'planned', '0.1.0', 'none'],
      ['@countersign/naver', 'planned', '0.1.0', 'none'],
    ]);
    await expect(npm('view', '@countersign/moonpacket', 'version')).rejects.toThrow('E404');
  });

  it('publishes nothing if the tree is dirty, generate would change it, or tests fail', async () => {
    await writeFile(join(workspace.root, 'note.txt'), 'x');
    const dirty = await release();
    expect([dirty.code, dirty.checks[0].problem, dirty.outcomes]).toEqual([
      1,
      '1 file differs from the last commit.',
      [],
    ]);
    await rm(join(workspace.root, 'note.txt'));

    await rename(join(workspace.root, 'LICENSE'), join(workspace.root, 'COPYING'));
    await commit();
    const unlicensed = await release();
    const { code, problem } = unlicensed.checks.at(-1);
    expect([code, problem, unlicensed.outcomes]).toEqual([
      'release-license',
      'package.json declares the license "MIT", but the file LICENSE is missing.',
      [],
    ]);
    await rename(join(workspace.root, 'COPYING'), join(workspace.root, 'LICENSE'));

    await edit('generated/naver/src/index.ts', /$/, '// edited manually\n');
    await commit();
    const edited = await release();
    expect([edited.code, edited.checks[1].problem, edited.outcomes]).toEqual([1, '1 file differs.', []]);
    await workspace.run(['generate']);

    await edit('countersign.config.ts', 'echo ran >> tested', 'exit 3');
    await commit();
    const failing = await release();
    expect([failing.code, failing.checks.at(-1).problem, failing.outcomes]).toEqual([
      1,
      '`exit 3` failed with exit code 3.',
      [],
    ]);
    await edit('countersign.config.ts', 'exit 3', 'echo ran >> tested');
    await commit();
    await expect(npm('view', '@countersign/moonpacket', 'version')).rejects.toThrow('E404');
  });

  it('continues where it stopped if one package could not be published', async () => {
    const { storage, url } = registry;
    await registry.close();
    registry = await openTestRegistry({ storage, closed: ['@countersign/naver'] });
    await edit('countersign.config.ts', url, registry.url);
    await commit();
    const half = await release();
    expect([half.code, told(half)]).toEqual([
      1,
      [
        ['@countersign/moonpacket', 'published', '0.1.0', 'none'],
        ['@countersign/naver', 'failed', '0.1.0', 'none'],
      ],
    ]);
    expect(half.outcomes[1].help).toBe('Log in with `npm login`, or configure a token for the registry.');
    const before = registry.url;
    await registry.close();
    registry = await openTestRegistry({ storage });
    await edit('countersign.config.ts', before, registry.url);
    await commit();
    const rest = await release();
    expect([rest.code, told(rest)]).toEqual([
      0,
      [
        ['@countersign/moonpacket', 'unchanged', undefined, 'none'],
        ['@countersign/naver', 'published', '0.1.0', 'none'],
      ],
    ]);
  });

  it('publishes types that compile in a new project and a client that calls the mock', async () => {
    await install('@countersign/moonpacket');
    await writeFile(
      join(project, 'main.ts'),
      `import { createMoonpacketClient, isApiError } from '@countersign/moonpacket';
import { createMoonpacketServer } from '@countersign/moonpacket/server';
import { validators } from '@countersign/moonpacket/validators';
import type { operations } from '@countersign/moonpacket/types';
import { getRules } from '@countersign/moonpacket/operations';
const [, , baseUrl = ''] = (globalThis as unknown as { process: { argv: string[] } }).process.argv;
const client = createMoonpacketClient({ baseUrl, credentials: { apiKey: 'demo', secret: 'demo' } });
const { data, error } = await client.getUserAttributes({ query: { user_id: '666666666' } });
export type Query = operations['getUserAttributes']['parameters']['query'];
// @ts-expect-error: the contract requires a user
client.getUserAttributes({});
const rejected = isApiError(error) ? error.code : undefined;
console.log(JSON.stringify({ data, rejected, path: getRules.path, checks: Object.keys(validators).length, serves: typeof createMoonpacketServer({ handlers: {}, security: { moonpacketSignature: { apiKey: 'demo', secret: 'demo' } } }).fetch }));
`,
    );
    expect(await typeCheck()).toEqual([]);

    const provider = await loadMockProvider(openWorkspace(workspace.root), 'moonpacket');
    const mock = await listen(createGateway({ providers: [{ name: 'moonpacket', load: async () => provider }] }), {
      shutdownTimeout: 100,
    });
    try {
      const env = {
        ...process.env,
        MOONPACKET_API_KEY: provider.credentials.apiKey,
        MOONPACKET_SECRET: provider.credentials.secret,
      };
      const code = (await readFile(join(project, 'main.ts'), 'utf8'))
        .replace(", credentials: { apiKey: 'demo', secret: 'demo' }", '')
        .replace('client.getUserAttributes({});', '');
      await writeFile(join(project, 'call.ts'), code);
      const { stdout } = await run(process.execPath, ['call.ts', `${mock.url}/moonpacket`], { cwd: project, env });
      expect(JSON.parse(stdout)).toMatchObject({
        data: { level: expect.any(Number) },
        path: '/check',
        checks: 2,
        serves: 'function',
      });
    } finally {
      await mock.close();
    }
  });

  it('bumps the version by the change of the contract, describes it, and users can upgrade', async () => {
    await edit('specs/moonpacket/openapi.yaml', 'tolerance: 300', 'tolerance: 600');
    await edit('plugins/moonpacket/signing.ts', '{timestamp}$', '{timestamp}.$');
    await workspace.run(['generate']);
    await commit();
    const moved = await release();
    expect([moved.code, told(moved)]).toEqual([
      0,
      [
        ['@countersign/moonpacket', 'published', '0.2.0', 'major'],
        ['@countersign/naver', 'unchanged', undefined, 'none'],
      ],
    ]);
    await install('@countersign/moonpacket@latest');
    const installed = join(project, 'node_modules/@countersign/moonpacket');
    expect(JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')).version).toBe('0.2.0');
    const changelog = await readFile(join(installed, 'CHANGELOG.md'), 'utf8');
    expect(changelog).toContain(
      '## 0.2.0\n\n### Breaking\n\n- `moonpacketSignature`: the same request has a different signature.',
    );
    expect(changelog).toContain('### New\n\n- `moonpacketSignature`: clocks may differ by 600 s, before by 300 s.');
    expect(changelog).toContain('## 0.1.0');
    expect(await typeCheck()).toEqual([]);
  });

  it('runs the tests before each publication', async () => {
    expect(await readFile(join(workspace.root, 'tested'), 'utf8')).toBe('ran\nran\nran\n');
  });

  it('bumps the version if only the configuration changed; then has nothing left to do', async () => {
    await edit('countersign.config.ts', "role: 'both',", "role: 'both', atLeast: '1.0.0',");
    await edit('countersign.config.ts', 'providers: {', "providers: { naver: { unknownKeys: 'strip' },");
    await workspace.run(['generate']);
    await commit();
    const { stdout } = await workspace.run(['release'], registry.env);
    expect(stdout).toContain('@countersign/moonpacket: 0.2.0 → 1.0.0 (patch)\n  patch The package leaves 0.x\n');
    expect(stdout).toContain(
      '@countersign/naver: 0.1.0 → 0.2.0 (major)\n  major Validators now drop properties that a schema does not declare\n',
    );
    await rm(join(workspace.root, 'tested'));
    expect(told(await release()).map(([, kind]) => kind)).toEqual(['unchanged', 'unchanged']);
    expect(existsSync(join(workspace.root, 'tested'))).toBe(false);
  });

  it('rejects a name that another package uses', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-foreign-'));
    try {
      await writeFile(join(folder, 'package.json'), JSON.stringify({ name: '@countersign/taken', version: '1.2.3' }));
      await npm('publish', folder, '--registry', registry.url);
      const theirs = openRegistry({ root: project, registry: registry.url }).fetch(
        '@countersign/taken',
        '1.2.3',
        folder,
      );
      await expect(theirs).rejects.toThrow(
        'registry: @countersign/taken@1.2.3 was not published by Countersign: openapi.json is missing in the package.',
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('does not wait forever for a registry that does not respond', async () => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    try {
      const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
      const found = openRegistry({ root: project, registry: url, timeout: 3_000 }).find('@countersign/hive');
      await expect(found).rejects.toThrow(new RegistryError('ETIMEDOUT: npm did not finish within 3 s'));
    } finally {
      silent.closeAllConnections();
      silent.close();
    }
  });

  it('explains what to do when npm requires CI for provenance', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-provenance-'));
    try {
      await writeFile(join(folder, 'package.json'), JSON.stringify({ name: '@countersign/proven', version: '1.0.0' }));
      const token = `${registry.url.replace('http:', '')}/:_authToken=anyone\n`;
      await writeFile(join(folder, '.npmrc'), token);
      const said = await openRegistry({ root: folder, registry: registry.url, provenance: true })
        .publish(folder)
        .catch((error: Error) => error.message);
      expect(helpFor(said ?? '')).toBe(
        'Provenance is only available in CI. Publish from CI, or set `provenance: false`.',
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
