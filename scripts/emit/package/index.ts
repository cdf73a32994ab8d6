import { jsonText } from '../../common/text/literal.ts';
import type { Api, File } from '../../model/types.ts';
import { usesXml } from '../views/operation-views.ts';

/** Entry points, each a module of `src/`. Handlers are not among them: logic stays out of what is published. */
const ENTRIES = {
  '.': 'index',
  './server': 'server',
  './validators': 'validators',
  './types': 'types',
  './operations': 'operations',
  './react': 'react',
  './msw': 'msw',
};

/** What reads and writes XML, where a contract describes some. */
const XML_PEERS = { 'fast-xml-parser': '^5.0.0' };

/** What a package asks its user to have: all need zod, the rest only who uses the entry point. */
const PEERS = { zod: '^4.0.0', hono: '^4.0.0' };
const HOOK_PEERS = { '@tanstack/react-query': '^5.0.0', msw: '^2.0.0', react: '^18.0.0 || ^19.0.0' };

/**
 * `package.json`: one npm package a provider. Its entry points lead to sources, for use in this repository; what is
 * published is made by `build`, in `dist/` and with a package.json of its own.
 *
 * @param modules paths of the package's modules, which decide what can be imported
 */
export function emitPackage(api: Api, scope: string, modules: ReadonlySet<string>): readonly File[] {
  const exports = Object.entries(ENTRIES)
    .map(([entry, module]) => [entry, `./src/${module}.ts`] as const)
    .filter(([, path]) => modules.has(path.slice(2)));
  const peerDependencies = { ...PEERS, ...(usesXml(api) && XML_PEERS), ...(modules.has('src/react.ts') && HOOK_PEERS) };
  const optional = Object.keys(peerDependencies).filter((name) => name !== 'zod' && !Object.hasOwn(XML_PEERS, name));
  const manifest = {
    name: `${scope}/${api.provider}`,
    version: '0.1.0',
    description: `${api.descriptor.title}: typed client, server, validators and types.`
      .replace(/\s+/g, ' ')
      // Half of a pair is nothing that every reader of JSON takes.
      .toWellFormed(),
    license: 'MIT',
    private: true,
    type: 'module',
    sideEffects: false,
    exports: { ...Object.fromEntries(exports), './openapi.json': './openapi.json', './package.json': './package.json' },
    engines: { node: '>=20' },
    peerDependencies: Object.fromEntries(Object.entries(peerDependencies).sort()),
    peerDependenciesMeta: Object.fromEntries(optional.sort().map((name) => [name, { optional: true }])),
  };
  return [{ path: 'package.json', text: `${jsonText(manifest, 2)}\n`, formatted: true }];
}
