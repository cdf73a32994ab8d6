import { jsonText } from '../../common/text/literal.ts';
import type { Api, File } from '../../model/types.ts';
import type { PackageSettings } from '../settings.ts';
import { oauthSchemes } from '../views/credentials.ts';
import { usesXml } from '../views/operation-views.ts';

/** As a reader looks for them; those of other emitters come after. */
const FIRST = ['.', './server', './validators', './types', './operations', './react', './vue', './svelte', './msw'];
const LAST = ['./openapi.json', './package.json'];

/** What reads and writes XML, where a contract describes some. */
const XML_PEERS = { 'fast-xml-parser': '^5.0.0' };

/** What checks access tokens on a server, where a contract has OAuth. */
const OAUTH_PEERS = { jose: '^6.0.0' };

const rank = (entry: string): number => {
  const first = FIRST.indexOf(entry);
  return LAST.includes(entry) ? FIRST.length + 1 : first === -1 ? FIRST.length : first;
};

/**
 * `package.json`: one npm package a provider. Its entry points lead to sources, for use in this repository; what is
 * published is made by `build`, in `dist/` and with a package.json of its own. All modules need zod; the other peers
 * are for who uses the entry point.
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
      // Half of a pair is nothing that every reader of JSON takes.
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
