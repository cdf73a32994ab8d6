import { jsonText } from '../../common/text/literal.ts';
import type { Api, File } from '../../model/types.ts';
import type { PackageSettings } from '../settings.ts';
import { oauthSchemes } from '../views/credentials.ts';
import { usesXml } from '../views/operation-views.ts';

/** Our entry points, in the order in which readers look for them. The entry points of other emitters follow. */
const FIRST = ['.', './server', './validators', './types', './operations', './react', './vue', './svelte', './msw'];
const LAST = ['./openapi.json', './package.json'];

/** Parses and writes XML, if a contract describes some. */
const XML_PEERS = { 'fast-xml-parser': '^5.0.0' };

/** Verifies access tokens on a server, if a contract has OAuth. */
const OAUTH_PEERS = { jose: '^6.0.0' };

const rank = (entry: string): number => {
  const first = FIRST.indexOf(entry);
  return LAST.includes(entry) ? FIRST.length + 1 : first === -1 ? FIRST.length : first;
};

/**
 * `package.json`: one npm package per provider. Its entry points refer to sources, for use in this repository. `build`
 * creates the published package in `dist/` with a separate package.json. All modules need zod; the other peers are for
 * users of the entry point.
 */
export function emitPackage(api: Api, { scope, files, emitters }: PackageSettings): readonly File[] {
  const emitted = emitters.filter(({ entries = {} }) => {
    const paths = Object.values(entries);
    return paths.length === 0 || paths.some((path) => files.has(path));
  });
  const exports = Object.entries(Object.assign({}, ...emitted.map(({ entries }) => entries)) as Record<string, string>)
    .map(([entry, path]) => [entry, `./${path}`] as const)
    .sort(([a], [b]) => rank(a) - rank(b));
  const peerDependencies = Object.assign(
    {},
    ...emitted.map(({ packages }) => packages),
    usesXml(api) && XML_PEERS,
    oauthSchemes(api).length > 0 && OAUTH_PEERS,
  ) as Record<string, string>;
  const optional = Object.keys(peerDependencies).filter((name) => name !== 'zod' && !Object.hasOwn(XML_PEERS, name));
  const manifest = {
    name: `${scope}/${api.provider}`,
    version: '0.1.0',
    description: `${api.descriptor.title}: typed client, server, validators and types.`
      .replace(/\s+/g, ' ')
      // Not every JSON parser accepts an unpaired surrogate.
      .toWellFormed(),
    license: 'MIT',
    private: true,
    type: 'module',
    sideEffects: false,
    exports: { ...Object.fromEntries(exports), './package.json': './package.json' },
    engines: { node: '>=20' },
    peerDependencies: Object.fromEntries(Object.entries(peerDependencies).sort()),
    peerDependenciesMeta: Object.fromEntries(optional.sort().map((name) => [name, { optional: true }])),
  };
  return [{ path: 'package.json', text: `${jsonText(manifest, 2)}\n`, formatted: true }];
}
