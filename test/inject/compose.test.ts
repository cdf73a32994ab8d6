import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { emitCode, emitData } from '../../scripts/emit/index.ts';
import { emitTypes } from '../../scripts/emit/types/emit-types.ts';
import { format } from '../../scripts/format/index.ts';
import { inject } from '../../scripts/inject/index.ts';
import type { PluginFile } from '../../scripts/load/load-plugins.ts';
import type { File } from '../../scripts/model/types.ts';
import { checkPackages } from '../emit/check-packages.ts';
import { apiOf } from '../validators/fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'countersign-compose-'));
afterAll(() => rmSync(folder, { recursive: true }));

type Case = {
  /** By security scheme, its `signer`. */
  readonly signers: { readonly [scheme: string]: string | undefined };
  readonly operationIds: readonly string[];
  /** By file of the plugin. */
  readonly plugins: { readonly [file: string]: string };
  /** Statements about `signers`, `hooks`, `handlers` and `unhandled`, and the plugin's `signing`, `own` and `logic`. */
  readonly want: readonly string[];
};

const DEFINE = `import { defineSigner } from '@countersign/runtime/signing';
const signer = defineSigner({ stringToSign: () => '', sign: async () => 'x' });
`;
const HOOK = 'export const onRequest = () => {};';
const answer = (name: string): string => `export const ${name} = () => ({ status: 204 as const, body: undefined });`;

const table: { readonly [name: string]: Case } = {
  'a signer and a hook of one name': {
    signers: { sig: 'onRequest', other: 'hooks' },
    operationIds: ['getThing'],
    plugins: { 'signing.ts': `${DEFINE}export { signer as onRequest, signer as hooks };`, 'hooks.ts': HOOK },
    want: [
      'equal(signers.sig, signing.onRequest)',
      'equal(signers.other, signing.hooks)',
      'equal(hooks.onRequest, own.onRequest)',
      'notEqual(own.onRequest as unknown, signing.onRequest)',
    ],
  },
  'signers of the types that the module uses': {
    signers: { a: 'Signer', b: 'Hooks', c: 'Record', d: 'signers' },
    operationIds: ['getThing'],
    plugins: {
      'signing.ts': `${DEFINE}export { signer as Signer, signer as Hooks, signer as Record, signer as signers };`,
    },
    want: ['equal(signers.a, signing.Signer)', 'equal(signers.c, signing.Record)', 'equal(signers.d, signing.signers)'],
  },
  'handlers of the names that the module declares': {
    signers: {},
    operationIds: ['unhandled', 'handlers', 'services', 'partial', 'getThing'],
    plugins: {
      'services.ts': 'export type Services = { readonly now: number };',
      'logic/all.ts': ['unhandled', 'handlers', 'services', 'partial'].map(answer).join('\n'),
    },
    want: [
      'equal(handlers.unhandled, logic.unhandled)',
      'equal(handlers.handlers, logic.handlers)',
      'equal(handlers.services, logic.services)',
      "deepEqual(unhandled, ['getThing'])",
    ],
  },
  'signers with string names': {
    signers: { 'my-sig': undefined, class: undefined, ['__proto__']: undefined },
    operationIds: ['getThing'],
    plugins: {
      'signing.ts': `${DEFINE}const other = { ...signer };
const mySig = { ...signer };
export { signer as 'my-sig', other as class, mySig as __proto__ };`,
    },
    want: [
      "equal(signers['my-sig'], signing['my-sig'])",
      'equal(signers.class, signing.class)',
      "deepEqual(Object.keys(signers).sort(), ['__proto__', 'class', 'my-sig'])",
    ],
  },
};

const folderOf = (name: string): string => name.replaceAll(' ', '-');

async function makePackage({ signers, operationIds, plugins, want }: Case): Promise<readonly File[]> {
  const scheme = (signer: string | undefined) => ({
    type: 'apiKey',
    in: 'header',
    name: 'X-Sig',
    'x-cs-signing': { ...(signer && { signer }), algorithm: 'md5', credentials: { secret: {} } },
  });
  const responses = { 204: { description: 'done' } };
  const api = apiOf(
    {},
    {
      servers: [{ url: 'https://provider.example' }],
      paths: Object.fromEntries(
        operationIds.map((operationId) => [`/${operationId}`, { get: { operationId, responses } }]),
      ),
      components: {
        securitySchemes: Object.fromEntries(Object.entries(signers).map(([name, signer]) => [name, scheme(signer)])),
      },
    },
  );
  const file = (name: string): PluginFile | undefined => {
    const text = plugins[name];
    return text === undefined ? undefined : { path: `/package/plugins/${name}`, shown: `plugins/${name}`, text };
  };
  const logic = file('logic/all.ts');
  const { files, diagnostics } = inject(
    api,
    await emitCode(api),
    {
      shown: 'plugins',
      signing: file('signing.ts'),
      hooks: file('hooks.ts'),
      services: file('services.ts'),
      logic: logic === undefined ? [] : [logic],
      texts: new Map(),
    },
    '/package',
  );
  expect(diagnostics).toEqual([]);
  const use = [
    "import { deepEqual, equal, notEqual } from 'node:assert/strict';",
    "import { handlers, unhandled } from './handlers.ts';",
    "import { hooks, signers } from './plugins.ts';",
    ...(plugins['signing.ts'] ? ["import * as signing from '../plugins/signing.ts';"] : []),
    ...(plugins['hooks.ts'] ? ["import * as own from '../plugins/hooks.ts';"] : []),
    ...(logic ? ["import * as logic from '../plugins/logic/all.ts';"] : []),
    'void [deepEqual, equal, notEqual, handlers, unhandled, hooks, signers];',
    ...want,
  ];
  return [
    ...format([...files, ...emitTypes(api), ...(await emitData(api))]),
    ...Object.entries(plugins).map(([name, text]) => ({ path: `plugins/${name}`, text })),
    { path: 'src/use.ts', text: use.join('\n') },
  ];
}

it('composes exports with any name: the result compiles, imports, and has each export in its place', async () => {
  const packages = Object.entries(table).map(
    async ([name, each]) => [folderOf(name), await makePackage(each)] as const,
  );
  expect(checkPackages(folder, Object.fromEntries(await Promise.all(packages)))).toEqual([]);
});
