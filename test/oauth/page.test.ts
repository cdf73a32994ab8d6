import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { Agent } from 'undici';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { parse } from 'yaml';
import { repository } from '../build/make-workspace.ts';
import { accept, makeFiles, writeFiles } from '../hostile/pipeline.ts';

const page = await readFile(join(repository, 'docs/oauth.md'), 'utf8');
const blocksOf = (info: RegExp) =>
  [...page.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)].flatMap(([, name = '', text = '']) =>
    info.test(name) ? [{ name: name.replace(/^ts /, ''), text }] : [],
  );
const fragments = blocksOf(/^yaml$/).map(({ text }) => parse(text));
const programs = blocksOf(/^ts \S+\.ts$/);

/** The contract of the page. Its fragments omit the parts that OAuth does not need. */
const contract = {
  openapi: '3.2.0',
  info: { title: 'Acme', version: '1.0.0', license: { name: 'MIT', identifier: 'MIT' } },
  servers: [{ url: 'https://api.acme.example' }],
  security: fragments[0].security,
  paths: {
    '/orders': {
      get: {
        operationId: 'listOrders',
        summary: 'List orders',
        responses: {
          200: {
            description: 'Orders.',
            content: {
              'application/json': {
                schema: {
                  type: 'array',
                  items: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
                },
              },
            },
          },
          401: { description: 'The token is missing or invalid.' },
        },
      },
    },
  },
  components: {
    securitySchemes: {
      acmeOAuth: {
        type: 'oauth2',
        flows: Object.assign({}, ...fragments.map(({ components }) => components.securitySchemes.acmeOAuth.flows)),
      },
    },
  },
};

const hasOpenssl = await promisify(execFile)('openssl', ['version']).then(
  () => true,
  () => false,
);

let folder: string;
let problems = '';
beforeAll(async () => {
  // Below the root, so that packages resolve as they do for its own modules.
  await mkdir(join(repository, 'dist'), { recursive: true });
  folder = await mkdtemp(join(repository, 'dist/oauth-page-'));
  const file = join(folder, 'openapi.json');
  await writeFile(file, JSON.stringify(contract));
  const outcome = await accept(file, 'strict');
  if (outcome.kind === 'refused') throw new Error(JSON.stringify(outcome.diagnostics, undefined, 2));
  writeFiles(join(folder, 'generated/acme'), await makeFiles(outcome.api));
  for (const { name, text } of programs)
    await writeFile(
      join(folder, name),
      `${text.replaceAll('AcmeClient', 'HostileClient').replaceAll('AcmeServer', 'HostileServer')}\nexport {};\n`,
    );
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(repository, 'tsconfig.json'), include: ['./*.ts'], exclude: [] }),
  );
  const tsc = join(repository, 'node_modules/typescript-7/bin/tsc');
  problems = await promisify(execFile)(process.execPath, [tsc, '--noEmit', '-p', folder]).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('docs/oauth.md', () => {
  test('has a contract and programs', () => {
    expect(fragments).toHaveLength(2);
    expect(programs).toHaveLength(8);
  });

  test.each(programs.map(({ name }) => name))('%s type-checks against the package of the contract', (name) => {
    expect(problems.split('\n').filter((line) => line.includes(`/${name}(`) || line.startsWith(`${name}(`))).toEqual(
      [],
    );
  });

  test.skipIf(!hasOpenssl)(
    'tls-server.ts rejects a connection without a certificate, and reads the certificate of another',
    async () => {
      const run = (...args: string[]) => promisify(execFile)('openssl', args, { cwd: folder });
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
      for (const name of ['server', 'client'])
        await run(
          ...['req', '-x509', ...key, '-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'],
          ...['-keyout', `${name}.key`, '-out', `${name}.crt`],
        );
      const read = (name: string) => readFile(join(folder, name));
      await writeFile(join(folder, 'clients-ca.crt'), await read('client.crt'));
      vi.stubEnv('PORT', '0');
      const { server } = (await import(/* @vite-ignore */ pathToFileURL(join(folder, 'tls-server.ts')).href)) as {
        readonly server: Server;
      };
      if (!server.listening) await once(server, 'listening');
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/orders`;
      const ca = await read('server.crt');
      const certified = new Agent({ connect: { ca, cert: await read('client.crt'), key: await read('client.key') } });
      const bare = new Agent({ connect: { ca } });
      const response = await fetch(url, { dispatcher: certified } as RequestInit);
      expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
      await expect(fetch(url, { dispatcher: bare } as RequestInit)).rejects.toThrow();
      await Promise.all([certified.close(), bare.close()]);
      server.close();
    },
  );

  test('the package type-checks', () => expect(problems).toBe(''));
});
