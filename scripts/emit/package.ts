import type { Api, File } from '../model/types.ts';

/** Entry points, each a module of `src/`. Handlers are not among them: logic stays out of what is published. */
const ENTRIES = {
  '.': 'index',
  './server': 'server',
  './validators': 'validators',
  './types': 'types',
  './operations': 'operations',
};

/** `package.json`: one npm package a provider. */
export function emitPackage(api: Api, scope: string): readonly File[] {
  const exports = Object.entries(ENTRIES).map(([entry, module]) => [entry, `./src/${module}.ts`]);
  const manifest = {
    name: `${scope}/${api.provider}`,
    version: '0.1.0',
    description: `${api.descriptor.title}: typed client, server, validators and types.`.replace(/\s+/g, ' '),
    license: 'MIT',
    type: 'module',
    sideEffects: false,
    exports: { ...Object.fromEntries(exports), './openapi.json': './openapi.json', './package.json': './package.json' },
    // What is published is made by `npm run build` in dist/, with a package.json of its own.
    private: true,
    engines: { node: '>=20' },
    peerDependencies: { hono: '^4.0.0', zod: '^4.0.0' },
    peerDependenciesMeta: { hono: { optional: true } },
  };
  return [{ path: 'package.json', text: `${JSON.stringify(manifest, undefined, 2)}\n`, formatted: true }];
}
