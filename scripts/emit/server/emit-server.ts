import { render } from '../../common/templates/render.ts';
import { keyLiteral, literal } from '../../common/text/literal.ts';
import { breakLongLines } from '../../format/layout/index.ts';
import { extendedSchemas } from '../../model/schema/extended.ts';
import { schemaGraph } from '../../model/schema/graph/graph.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { oauthSchemes } from '../views/credentials.ts';
import type { Naming } from '../views/naming.ts';
import { serverAliases } from '../views/operation-types.ts';
import { usesXml, viewOperations } from '../views/operation-views.ts';

/**
 * `server.ts`: the contract that handlers fulfil and a factory; the behaviour is runtime/server.
 *
 * @param unknownKeys the provider's setting; without it, a server omits properties that the contract does not declare
 */
export function emitServer(api: Api, naming: Naming, unknownKeys?: 'passthrough' | 'strip'): readonly File[] {
  const { secretNames } = api.descriptor;
  const isExtended = extendedSchemas(api, schemaGraph(api).resources).length > 0;
  const operations = viewOperations(api, naming);
  const aliases = serverAliases(operations);
  const view = {
    banner: banner(api),
    prefix: naming.prefix,
    aliases: aliases.declarations,
    codeImport: aliases.hasCode ? 'Code, ' : '',
    oauth: oauthSchemes(api).map(({ name }) => keyLiteral(name)),
    operations,
    xmlImport: usesXml(api) ? "\nimport * as xml from '@countersign/runtime/xml';" : '',
    xml: usesXml(api) ? ', xml' : '',
    api: secretNames ? `api: { ...api, secretNames: ${literal([...secretNames])} }` : 'api',
    imported: isExtended ? '{ byOperation as validators, extensions }' : '{ byOperation as validators }',
    extensions: isExtended ? ', extensions' : '',
    unknownKeys: unknownKeys === 'passthrough' ? ", unknownKeys: 'passthrough'" : '',
  };
  return [{ path: 'src/server.ts', text: breakLongLines(render('server/server.ts', view)), formatted: true }];
}
