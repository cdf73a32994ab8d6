import {
  type Carrier,
  type Code,
  type CredentialDescriptor,
  type CredentialForm,
  type MadeForm,
  parsePointer,
  type Refusals,
  type SecuritySchemeDescriptor,
  type SignatureScheme,
  type TimestampDescriptor,
  type TimestampUnit,
} from '@countersign/runtime/contract';
import { environmentName } from '../common/text/names.ts';
import { buildOAuth } from './oauth.ts';
import { asList, asNode, asText, follow, join, type Node } from './reader.ts';
import { isAmbiguous } from './signing/ambiguous.ts';
import { buildChallenge } from './signing/challenge.ts';
import { withMessageId } from './signing/message-id.ts';
import { numberMembers } from './signing/number-members.ts';
import { buildPacked, type InnerPlaces, innerPlaces } from './signing/places.ts';
import { buildRecipe, keyTraits } from './signing/recipe.ts';
import type { ExpandedDocument, SecurityScheme, SigningVector } from './types.ts';

const DEFAULT_REFUSALS = { missing: 401, invalid: 401, timestamp: 401, signature: 401, replay: 401, forbidden: 403 };

function buildRefusals(value: unknown): Refusals {
  const { 'x-cs-source': _, ...given } = asNode(value) as Partial<Refusals> & Node;
  const invalid: Code = given.invalid ?? DEFAULT_REFUSALS.invalid;
  return { ...DEFAULT_REFUSALS, expired: invalid, ...given };
}

/** The location of a value, as a spec contains it. */
export function buildCarrier(node: Node): Carrier {
  const { prefix, suffix, pointer } = node;
  return {
    in: asText(node.in) as Carrier['in'],
    name: typeof pointer === 'string' && node.in === 'body' ? (parsePointer(pointer).at(-1) ?? '') : asText(node.name),
    ...(typeof prefix === 'string' && { prefix }),
    ...(typeof suffix === 'string' && { suffix }),
    ...(typeof pointer === 'string' && node.in === 'body' && { pointer }),
  };
}

const hasCarrier = (node: Node): boolean =>
  typeof node.in === 'string' && (typeof node.name === 'string' || typeof node.pointer === 'string');

/** The environment variables of an API's credentials. */
type CredentialNames = {
  /** The environment variable of a credential. Different credentials have different variables. */
  readonly variable: (credential: string) => string;
};

function createCredentialNames(provider: string): CredentialNames {
  const variables = onceForEachText(
    (name) => environmentName(provider, name),
    (name, count) => `${name}_${count}`,
  );
  return { variable: variables };
}

/** Returns a function that makes a unique name for each text, the same for every call. */
function onceForEachText(
  make: (text: string) => string,
  counted: (name: string, count: number) => string,
): (text: string) => string {
  const given = new Map<string, string>();
  const taken = new Set<string>();
  return (text) => {
    const known = given.get(text);
    if (known !== undefined) return known;
    const first = make(text);
    let name = first;
    for (let count = 2; taken.has(name); count += 1) name = counted(first, count);
    taken.add(name);
    given.set(text, name);
    return name;
  };
}

const SECONDS = { s: 1, ms: 1000 } as const;

function buildTimestamp(signing: Node, inner: InnerPlaces, numbers: NumberMembers): TimestampDescriptor | undefined {
  const node = asNode(signing.timestamp);
  const carrier = placeOf(node, inner.get('timestamp'), numbers);
  if (carrier === undefined || signing.timestamp === undefined) return undefined;
  const window = asNode(node.window);
  const unit = window.unit === 's' ? 's' : 'ms';
  const [, sign = '', hours = '0', minutes = '0'] = /^([+-])(\d\d):(\d\d)$/.exec(asText(node.zone)) ?? [];
  const zone = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const tolerance = Number(node.tolerance);
  return {
    ...carrier,
    units: (Array.isArray(node.unit) ? node.unit : [node.unit]) as readonly TimestampUnit[],
    tolerance,
    ...(zone !== 0 && { zone }),
    ...(hasCarrier(window) && {
      window: {
        ...buildCarrier(window),
        unit,
        value: typeof window.value === 'number' ? window.value : tolerance * SECONDS[unit],
        max: typeof window.max === 'number' ? window.max : tolerance,
      },
    }),
  };
}

/** A separate location, or a place inside a header with several values. */
function placeOf(node: Node, inner: Carrier | undefined, numbers: NumberMembers): Carrier | undefined {
  if (!hasCarrier(node)) return inner;
  const carrier = buildCarrier(node);
  return carrier.in === 'body' && numbers.has(carrier.pointer ?? `/${carrier.name}`)
    ? { ...carrier, number: true }
    : carrier;
}

/** JSON Pointers of properties that are numbers in the bodies of a scheme's operations. */
export type NumberMembers = ReadonlySet<string>;

function buildSignature(
  names: CredentialNames,
  name: string,
  scheme: Node,
  { basePath, numbers }: SchemeContext,
): SignatureScheme {
  const signing = asNode(scheme['x-cs-signing']);
  const packed = buildPacked(scheme, signing);
  const inner = innerPlaces(scheme, signing, packed);
  const nonce = asNode(signing.nonce);
  const id = asNode(signing.id);
  const timestamp = buildTimestamp(signing, inner, numbers);
  const noncePlace = placeOf(nonce, inner.get('nonce'), numbers);
  const idPlace = placeOf(id, inner.get('id'), numbers);
  const credentials = Object.entries(asNode(signing.credentials)).map(
    ([credentialName, value]): CredentialDescriptor => {
      const credential = asNode(value);
      const carrier = placeOf(credential, inner.get(credentialName), numbers);
      const encoding = asText(credential.form) as CredentialForm['encoding'];
      return {
        name: credentialName,
        env: names.variable(credentialName),
        secret: typeof credential.secret === 'boolean' ? credential.secret : carrier === undefined,
        carriers: carrier === undefined ? [] : [carrier],
        ...(credential.optional === true && { optional: true }),
        ...keyTraits(signing, credentialName),
        ...responseTraits(signing, credentialName),
        ...(asText(credential.form) !== '' && { form: { encoding } }),
      };
    },
  );
  const own = asNode(signing.signature);
  const signature = inner.get('signature') ?? {
    ...buildCarrier({ ...scheme, prefix: signing.prefix, ...own }),
    ...(asText(own.list) !== '' && { list: asText(own.list) }),
  };
  const recipe = buildRecipe(signing, basePath, (place) => placeOf(place, undefined, numbers) ?? buildCarrier(place));
  const isOnce = noncePlace !== undefined && signing.nonce !== undefined;
  const isNamed = idPlace !== undefined && signing.id !== undefined;
  const challenge = buildChallenge(signing);
  return {
    kind: 'signature',
    name,
    signer: asText(signing.signer) || name,
    algorithm: asText(signing.algorithm),
    signature,
    ...(timestamp && { timestamp }),
    ...(isOnce && {
      nonce: {
        ...noncePlace,
        bytes: typeof nonce.bytes === 'number' ? nonce.bytes : 8,
        ...(asText(nonce.form) !== '' && { form: asText(nonce.form) as MadeForm }),
      },
    }),
    ...(isNamed && { id: { ...idPlace, ...(asText(id.form) !== '' && { form: asText(id.form) as MadeForm }) } }),
    credentials,
    ...(packed && { packed }),
    ...(recipe && { recipe }),
    replay: (asText(signing.replay) || (isNamed ? 'id' : isOnce ? 'nonce' : 'none')) as SignatureScheme['replay'],
    ...(recipe && isAmbiguous(recipe.message) && { ambiguous: true }),
    ...(challenge && { challenge }),
    ...(signing.responses !== undefined && {
      responses: buildResponseSigning(names, name, signing, { basePath, numbers }),
    }),
    refusals: buildRefusals(signing.refusals),
  };
}

/** How responses are signed: the same fields as for requests, with the scheme's credentials. */
function buildResponseSigning(
  names: CredentialNames,
  name: string,
  { algorithm, output, credentials, responses }: Node,
  context: SchemeContext,
): NonNullable<SignatureScheme['responses']> {
  const given = asNode(responses);
  const { in: place, name: carrier } = asNode(given.signature);
  const signing = {
    algorithm,
    ...(output !== undefined && { output }),
    ...given,
    credentials: { ...withoutPlaces(asNode(credentials)), ...asNode(given.credentials) },
    replay: 'none',
  };
  const scheme = { type: 'apiKey', in: place, name: carrier, 'x-cs-signing': signing };
  const { refusals: _, ...built } = buildSignature(names, name, scheme, context);
  return built;
}

/** For a credential that only signs responses. */
function responseTraits(signing: Node, credential: string): Partial<CredentialDescriptor> {
  const responses = asNode(signing.responses);
  if (asNode(responses.key).credential !== credential || asNode(signing.key).credential === credential) return {};
  return { ...keyTraits({ algorithm: signing.algorithm, ...responses }, credential), signs: 'responses' };
}

const withoutPlaces = (credentials: Node): Node =>
  Object.fromEntries(Object.keys(credentials).map((name) => [name, { secret: true }]));

/** The place of the value of an apiKey or http scheme, as OpenAPI defines it. */
function ownCarrier(scheme: Node): Carrier {
  const header = (prefix: string): Carrier => ({ in: 'header', name: 'Authorization', prefix });
  switch (scheme.type) {
    case 'apiKey':
      return buildCarrier(scheme);
    case 'http': {
      const kind = asText(scheme.scheme);
      return header(
        kind.toLowerCase() === 'basic' ? 'Basic ' : kind.toLowerCase() === 'bearer' ? 'Bearer ' : `${kind} `,
      );
    }
    default:
      return header('Bearer ');
  }
}

const signedBy = (document: ExpandedDocument, name: string, scheme: Node): Node =>
  scheme['x-cs-signing'] === undefined
    ? scheme
    : { ...scheme, 'x-cs-signing': withMessageId(document, name, asNode(scheme['x-cs-signing'])) };

const numbersOf = (document: ExpandedDocument, name: string, scheme: Node): NumberMembers =>
  scheme['x-cs-signing'] === undefined ? new Set<string>() : numberMembers(document, name);

/** The parts of the document that a scheme uses. */
export type SchemeContext = { readonly basePath: string; readonly numbers: NumberMembers };

function buildDescriptor(
  names: CredentialNames,
  name: string,
  scheme: Node,
  context: SchemeContext,
): SecuritySchemeDescriptor {
  if (scheme['x-cs-signing'] !== undefined) return buildSignature(names, name, scheme, context);

  if (scheme.type === 'mutualTLS') return { kind: 'mutualTLS', name, refusals: buildRefusals(undefined) };
  const carrier = ownCarrier(scheme);
  if (scheme['x-cs-session'] !== undefined) {
    const session = asNode(scheme['x-cs-session']);
    const operations = Array.isArray(session.operation) ? session.operation : [session.operation];
    return {
      kind: 'session',
      name,
      carriers: [carrier],
      operations: operations.map(asText),
      token: asText(session.token),
      expired: asList(session.expired) as readonly { readonly code: Code; readonly status?: number }[],
      ...(typeof session.maxAge === 'number' && { maxAge: session.maxAge }),
      refusals: buildRefusals(session.refusals),
    };
  }

  const said = asNode(scheme['x-cs-credential']);
  const credentialName = asText(said.name) || name;
  const credential: CredentialDescriptor = {
    name: credentialName,
    env: names.variable(credentialName),
    secret: said.secret !== false,
    carriers: [carrier, ...asList(said.alsoIn).map((also) => buildCarrier(asNode(also)))],
  };
  const isBasic = scheme.type === 'http' && asText(scheme.scheme).toLowerCase() === 'basic';
  const kind = scheme.type === 'apiKey' ? 'key' : isBasic ? 'basic' : 'bearer';
  const oauth = kind === 'bearer' ? buildOAuth(scheme) : undefined;
  return { kind, name, credential, ...(oauth && { oauth }), refusals: buildRefusals(said.refusals) };
}

/** HTTP Digest (RFC 7616) responds to a challenge: neither our client nor our server supports it. */
export const isUnsupported = (scheme: Node): boolean =>
  scheme.type === 'http' &&
  /^digest$/i.test(asText(scheme.scheme)) &&
  scheme['x-cs-signing'] === undefined &&
  scheme['x-cs-session'] === undefined;

/** The security schemes of the document, in its order, without those that are not supported. */
export function buildSecuritySchemes(
  document: ExpandedDocument,
  provider: string,
  basePath = '',
): readonly SecurityScheme[] {
  const schemes = asNode(document.components?.securitySchemes);
  const names = createCredentialNames(provider);
  return Object.entries(schemes).flatMap(([name, value]) => {
    const { node, pointer } = follow(document, value, join('/components/securitySchemes', name));
    if (isUnsupported(node)) return [];
    return [
      {
        descriptor: buildDescriptor(names, name, signedBy(document, name, node), {
          basePath,
          numbers: numbersOf(document, name, node),
        }),
        pointer,
        description: asText(node.description),
        vectors: asList(asNode(node['x-cs-signing']).vectors) as readonly SigningVector[],
      },
    ];
  });
}
