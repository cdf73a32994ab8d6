import {
  type CredentialDescriptor,
  describesParts,
  isPlainParameter,
  kindIn,
  type OperationDescriptor,
  type SignatureScheme,
} from '@countersign/runtime/contract';
import { render } from '../../common/templates/render.ts';
import { docComment, keyLiteral, literal, stringLiteral } from '../../common/text/literal.ts';
import { breakLongLines } from '../../format/layout/index.ts';
import { declaredHeaders } from '../../model/response-headers.ts';
import { directionsOf, inputSchemas, schemaDirections } from '../../model/schema/directions.ts';
import { isSchemaObject } from '../../model/schema/keywords.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { credentialsOf, oauthSchemes } from '../views/credentials.ts';
import type { Naming } from '../views/naming.ts';
import { clientAliases } from '../views/operation-types.ts';
import { usesXml, viewOperations } from '../views/operation-views.ts';
import { clientApi } from './client-api.ts';

/**
 * Whether a scheme needs only the small feature `signing`: a plugin signs, and each value has a header, a query
 * parameter or a cookie of its own.
 */
function isPlain({ recipe, packed, id, timestamp, nonce, signature, credentials }: SignatureScheme): boolean {
  const carriers = [signature, timestamp, nonce, ...credentials.map((credential) => credential.carriers[0])];
  return (
    !recipe &&
    !packed &&
    !id &&
    !timestamp?.window &&
    (timestamp?.units ?? []).every((unit) => unit === 's' || unit === 'ms' || unit === 'iso') &&
    (nonce?.form ?? 'hex') === 'hex' &&
    credentials.every(({ optional }) => !optional) &&
    carriers.every((carrier) => !carrier || !(carrier.in === 'body' || carrier.in === 'form' || carrier.suffix))
  );
}

/** Whether an operation needs a feature for its parameters. A client without features only writes the default style. */
const needsStyles = ({ parameters, retry }: OperationDescriptor): boolean =>
  parameters.some((parameter) => !isPlainParameter(parameter)) ||
  (typeof retry === 'object' && 'idempotent' in retry && retry.idempotent.key.in === 'cookie');

/**
 * The feature that writes parameters of other styles, if the contract needs one. `wholeQueries` also writes the styles
 * of OpenAPI 3.2.
 */
function stylesOf({ document, operations }: Api): readonly string[] {
  const isNew = operations.some(({ descriptor: { parameters } }) =>
    parameters.some(
      (one) =>
        one.in === 'querystring' || one.style === 'cookie' || (one.allowReserved && document.openapi.startsWith('3.2')),
    ),
  );
  if (isNew) return ['wholeQueries'];
  return operations.some(({ descriptor }) => needsStyles(descriptor)) ? ['styles'] : [];
}

/** Parts of the runtime that only some contracts need. The bundles of other contracts do not contain them. */
function featuresOf(api: Api): readonly string[] {
  const descriptors = api.operations.map(({ descriptor }) => descriptor);
  const returned = descriptors.flatMap(({ responses }) =>
    responses.flatMap((response) => response.content.map((type) => kindIn(type, response))),
  );
  // Only a body with JSON as its one media type needs no feature: for all others, the client chooses a media type and
  // writes the body in it.
  const bodies = descriptors.some(
    ({ body }) => body && body.content.map((type) => kindIn(type, body)).join() !== 'json',
  );
  const signatures = Object.values(api.descriptor.securitySchemes).filter((scheme) => scheme.kind === 'signature');
  return [
    ...(descriptors.some(({ page }) => page !== undefined) ? ['paging'] : []),
    ...(descriptors.some(({ batch }) => batch !== undefined) ? ['batching'] : []),
    ...(descriptors.some(({ retry }) => typeof retry === 'object' && 'confirm' in retry) ? ['confirming'] : []),
    ...(returned.some((kind) => kind === 'events' || kind === 'lines') ? ['streaming'] : []),
    ...(descriptors.some(describesParts) ? ['parts'] : []),
    ...(returned.some((kind) => kind !== 'json') ? ['media'] : []),
    ...(bodies ? ['bodies'] : []),
    ...stylesOf(api),
    ...(api.descriptor.server || descriptors.some(({ server }) => server) ? ['servers'] : []),
    ...(signatures.length > 0 ? [signatures.every(isPlain) ? 'signing' : 'recipes'] : []),
  ];
}

/** Type arguments of the client's options, with the comma before them: the variables of servers, and servers of operations. */
function serverTypes(api: Api): string {
  const own = api.operations.flatMap(({ descriptor: { server } }) => (server ? [server] : []));
  const lists = [...(api.descriptor.server ? [api.descriptor.server] : []), ...own];
  const all = lists.flatMap((server) => [server, ...Object.values(server.named ?? {})]);
  if (all.length === 0) return '';
  const types = new Map<string, string>();
  for (const [name, { enum: values }] of all.flatMap(({ variables = {} }) => Object.entries(variables))) {
    const type = values ? values.map((value) => stringLiteral(value)).join(' | ') : 'string';
    types.set(name, types.has(name) && types.get(name) !== type ? 'string' : type);
  }
  const members = [...types].map(([name, type]) => `readonly ${keyLiteral(name)}: ${type};`);
  const urls = new Set(own.map(({ url }) => stringLiteral(url)));
  return `, { ${members.join(' ')} }, ${[...urls].join(' | ') || 'never'}`;
}

/** Names of servers, as the last type argument of the client's options. */
function serverNames(api: Api): string {
  const lists = [api.descriptor.server, ...api.operations.map(({ descriptor: { server } }) => server)];
  const names = new Set(lists.flatMap((server) => Object.keys(server?.named ?? {})));
  return [...names].map((name) => stringLiteral(name)).join(' | ');
}

/** Properties of the option `oauth`: for each scheme, the flows and scopes that the contract declares. */
function oauthMembers(api: Api): readonly { readonly key: string; readonly type: string }[] {
  return oauthSchemes(api).map(({ name, oauth: { flows, metadataUrl } }) => {
    // Metadata, such as those of OpenID Connect, may have any flow.
    const names = metadataUrl === undefined ? Object.keys(flows) : [];
    const scopes = new Set(Object.values(flows).flatMap(({ scopes }) => scopes));
    const list = (values: readonly string[], other: string): string =>
      values.map((value) => stringLiteral(value)).join(' | ') || other;
    const any = metadataUrl === undefined ? 'never' : 'OAuthFlowName';
    return { key: keyLiteral(name), type: `OAuthOptions<${list(names, any)}, ${list([...scopes], 'string')}>` };
  });
}

/** The location of a credential and its environment variable. The editor shows this at the option. */
function describe({ carriers: [carrier], env, secret }: CredentialDescriptor): string {
  const travels = carrier
    ? `Sent in ${carrier.in === 'query' ? 'the query' : `a ${carrier.in}`} as \`${carrier.name}\`.`
    : 'Never sent.';
  return docComment([`${travels} Default: the environment variable \`${env}\`.${secret ? ' A secret.' : ''}`]);
}

/** Whether the validators of a request remove properties before they are sent. */
function omitsHidden(api: Api): boolean {
  const { affected } = schemaDirections(api);
  return api.operations.some((operation) => {
    const found = affected(directionsOf(operation)[0]);
    return inputSchemas(operation).some((schema) => isSchemaObject(schema) && found.has(schema));
  });
}

/** `client.ts`: the types of each call and a factory; the behaviour is runtime/client. */
export function emitClient(api: Api, naming: Naming): readonly File[] {
  const operations = viewOperations(api, naming);
  const aliases = clientAliases(api, operations);
  const known = credentialsOf(api);
  const credentials = known.map(({ name }) => stringLiteral(name));
  const features = featuresOf(api);
  // The client loads this module when it first reads or writes XML.
  const xml = usesXml(api) ? ["{ xml: () => import('@countersign/runtime/xml') }"] : [];
  const hasHeaders = api.operations.some(({ responses }) => responses.some((one) => declaredHeaders(one).length > 0));
  const oauthFeature = oauthSchemes(api).length > 0 ? ['oauth'] : [];
  const used = [
    ...features,
    ...oauthFeature,
    ...xml,
    ...(api.int64 || hasHeaders || omitsHidden(api) ? ['{ converts: true }'] : []),
  ];
  const streams = operations.some(({ also }) => also !== '') ? ['Streams'] : [];
  const types = new Set([
    ...operations.map(({ call }) => call),
    ...streams,
    ...(known.length > 0 ? ['Credential'] : []),
    'CallError',
    'Client',
    'ClientOptions',
  ]);
  const oauth = oauthMembers(api);
  const imported = [...[...types].map((name) => `type ${name}`), 'createClient', ...features];
  const nameOf = (specifier: string): string => specifier.replace('type ', '').toLowerCase();
  const imports = imported.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const view = {
    imports: imports.join(', '),
    features: used.length > 0 ? `, features: [${used.join(', ')}]` : '',
    banner: banner(api),
    api: literal(clientApi(api.descriptor)),
    prefix: naming.prefix,
    operations,
    rowImport: operations.some(({ row }) => row !== '') ? ', RowOf' : '',
    headImport: operations.some(({ head }) => head !== '') ? 'StatusAndHeaders, ' : '',
    aliases: aliases.declarations,
    codeImport: aliases.hasCode ? 'Code, ' : '',
    codeBodiesImport: operations.some(({ byCode }) => byCode) ? 'CodeBodies, ' : '',
    byTypeImport: operations.some(({ call }) => call === 'AcceptingCall') ? ', DataByType' : '',
    credentials: credentials.join(' | ') || 'never',
    members: known.map((credential) => ({ key: keyLiteral(credential.name), doc: describe(credential) })),
    servers: serverTypes(api) || (oauth.length > 0 ? ', Record<never, never>, never' : ''),
    oauth,
    serverNames: serverNames(api),
    flowNameImport: oauth.some(({ type }) => type.includes('OAuthFlowName')) ? ', OAuthFlowName' : '',
  };
  return [{ path: 'src/client.ts', text: breakLongLines(render('client/client.ts', view)), formatted: true }];
}
