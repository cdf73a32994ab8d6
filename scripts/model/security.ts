import type {
  Carrier,
  Code,
  CredentialDescriptor,
  Refusals,
  SecuritySchemeDescriptor,
  TimestampUnit,
} from '@countersign/runtime/contract';
import { camelCase, environmentName } from '../common/text/names.ts';
import { asList, asNode, asText, follow, join, type Node } from './reader.ts';
import type { ExpandedDocument, SecurityScheme, SigningVector } from './types.ts';

const DEFAULT_REFUSALS = { missing: 401, invalid: 401, timestamp: 401, signature: 401, replay: 401, forbidden: 403 };

function buildRefusals(value: unknown): Refusals {
  const { 'x-cs-source': _, ...given } = asNode(value) as Partial<Refusals> & Node;
  const invalid: Code = given.invalid ?? DEFAULT_REFUSALS.invalid;
  return { ...DEFAULT_REFUSALS, expired: invalid, ...given };
}

function buildCarrier(node: Node, fallbackPrefix?: string): Carrier {
  const prefix = typeof node.prefix === 'string' ? node.prefix : fallbackPrefix;
  return {
    in: asText(node.in) as Carrier['in'],
    name: asText(node.name),
    ...(prefix !== undefined && { prefix }),
  };
}

const hasCarrier = (node: Node): boolean => typeof node.in === 'string' && typeof node.name === 'string';

/** How an API's credentials are called, in options and in the environment. */
type CredentialNames = {
  /** For a scheme that does not say; another for each scheme, however alike they are spelled. */
  readonly ofScheme: (scheme: string) => string;
  /** Another for each credential; those of one name are one credential. */
  readonly variable: (credential: string) => string;
};

function createCredentialNames(provider: string): CredentialNames {
  const names = onceForEachText(camelCase, (name, count) => `${name}${count}`);
  const variables = onceForEachText(
    (name) => environmentName(provider, name),
    (name, count) => `${name}_${count}`,
  );
  return { ofScheme: names, variable: variables };
}

/** A name for each text, always the same, and no name for two. */
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

function buildSignature(names: CredentialNames, name: string, scheme: Node): SecuritySchemeDescriptor {
  const signing = asNode(scheme['x-cs-signing']);
  const timestamp = asNode(signing.timestamp);
  const nonce = asNode(signing.nonce);
  const units = (Array.isArray(timestamp.unit) ? timestamp.unit : [timestamp.unit]) as readonly TimestampUnit[];
  const credentials = Object.entries(asNode(signing.credentials)).map(([credentialName, value]) => {
    const credential = asNode(value);
    return {
      name: credentialName,
      env: names.variable(credentialName),
      secret: typeof credential.secret === 'boolean' ? credential.secret : !hasCarrier(credential),
      carriers: hasCarrier(credential) ? [buildCarrier(credential)] : [],
    };
  });
  return {
    kind: 'signature',
    name,
    signer: asText(signing.signer) || name,
    algorithm: asText(signing.algorithm),
    signature: buildCarrier({ ...scheme, prefix: signing.prefix }),
    ...(hasCarrier(timestamp) && {
      timestamp: { ...buildCarrier(timestamp), units, tolerance: Number(timestamp.tolerance) },
    }),
    ...(hasCarrier(nonce) && {
      nonce: { ...buildCarrier(nonce), bytes: typeof nonce.bytes === 'number' ? nonce.bytes : 8 },
    }),
    credentials,
    replay: (asText(signing.replay) || (hasCarrier(nonce) ? 'nonce' : 'none')) as 'nonce' | 'signature' | 'none',
    refusals: buildRefusals(signing.refusals),
  };
}

/** Where the value of an apiKey or http scheme travels by OpenAPI's own words. */
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

function buildDescriptor(names: CredentialNames, name: string, scheme: Node): SecuritySchemeDescriptor {
  if (scheme['x-cs-signing'] !== undefined) return buildSignature(names, name, scheme);

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
  const credentialName = asText(said.name) || names.ofScheme(name);
  const credential: CredentialDescriptor = {
    name: credentialName,
    env: names.variable(credentialName),
    secret: said.secret !== false,
    carriers: [carrier, ...asList(said.alsoIn).map((also) => buildCarrier(asNode(also)))],
  };
  const isBasic = scheme.type === 'http' && asText(scheme.scheme).toLowerCase() === 'basic';
  const kind = scheme.type === 'apiKey' ? 'key' : isBasic ? 'basic' : 'bearer';
  return { kind, name, credential, refusals: buildRefusals(said.refusals) };
}

/** The security schemes of the document, in its order; one that TLS does by itself (mutualTLS) asks nothing of us. */
export function buildSecuritySchemes(document: ExpandedDocument, provider: string): readonly SecurityScheme[] {
  const schemes = asNode(document.components?.securitySchemes);
  const names = createCredentialNames(provider);
  return Object.entries(schemes).flatMap(([name, value]) => {
    const { node, pointer } = follow(document, value, join('/components/securitySchemes', name));
    if (node.type === 'mutualTLS') return [];
    return [
      {
        descriptor: buildDescriptor(names, name, node),
        pointer,
        description: asText(node.description),
        vectors: asList(asNode(node['x-cs-signing']).vectors) as readonly SigningVector[],
      },
    ];
  });
}
