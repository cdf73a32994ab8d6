import type { Document } from 'yaml';
import { operationsOf } from '../../common/document/path-operations.ts';
import { isObject, type JsonObject, ownMember, valueAt } from '../../common/document/pointer.ts';

/** `header x-signature`: the location of a value in requests. */
type Place = string;

/** What a document says of a signature without `x-cs-signing`. */
export type Described = {
  /** Paths of the operations that are signed, with the security that each has at the moment. */
  readonly operations: readonly { readonly path: readonly string[]; readonly security: unknown }[];
  /** Whether the default security names the signature. */
  readonly isDefault: boolean;
  /** API keys of the document that the new scheme sends: its signature, timestamp, nonce or credentials. */
  readonly replaced: ReadonlySet<string>;
};

/**
 * Finds the operations that a document describes as signed: they declare the signature as a parameter, or require an
 * API key at its location.
 * @param scheme the new security scheme, with `x-cs-signing`
 */
export function findSigned(document: JsonObject, scheme: object): Described {
  const own = placeOf(scheme);
  const places = placesOf(scheme);
  const schemes = ownMember(ownMember(document, 'components'), 'securitySchemes');
  const at = (wanted: (place: Place) => boolean): ReadonlySet<string> =>
    new Set(
      Object.entries(isObject(schemes) ? schemes : {}).flatMap(([name, value]) => {
        const place = placeOf(value);
        return place !== undefined && wanted(place) ? [name] : [];
      }),
    );
  const signatures = at((place) => place === own);
  const names = (security: unknown): boolean =>
    Array.isArray(security) &&
    security.some((each) => isObject(each) && Object.keys(each).some((name) => signatures.has(name)));
  const operations = ['paths', 'webhooks'].flatMap((section) => {
    const items = ownMember(document, section);
    return Object.entries(isObject(items) ? items : {}).flatMap(([path, item]) =>
      operationsOf(isObject(item) ? item : {}).flatMap(({ steps, operation }) => {
        const declared = [ownMember(item, 'parameters'), operation.parameters].flatMap((each) =>
          Array.isArray(each) ? each.map((parameter) => placeOf(resolve(document, parameter))) : [],
        );
        const signed = names(operation.security) || (own !== undefined && declared.includes(own));
        return signed ? [{ path: [section, path, ...steps], security: operation.security ?? document.security }] : [];
      }),
    );
  });
  return { operations, isDefault: names(document.security), replaced: at((place) => places.has(place)) };
}

/** Writes the requirements with the new scheme in place of the API keys that it sends. */
export function requireSignature(
  document: Document,
  { operations, isDefault, replaced }: Described,
  name: string,
): void {
  const signed = (security: unknown): object[] => {
    const each = (Array.isArray(security) ? security : []).filter(isObject);
    const named = each.filter((requirement) => Object.keys(requirement).length > 0);
    const kept = (named.length === 0 ? [{}] : named).map((requirement) =>
      Object.fromEntries([
        ...Object.entries(requirement).filter(([scheme]) => !replaced.has(scheme)),
        [name, []] as const,
      ]),
    );
    const unique = new Map(kept.map((requirement) => [JSON.stringify(requirement), requirement]));
    return [...unique.values(), ...each.filter((requirement) => Object.keys(requirement).length === 0)];
  };
  const before: unknown = document.toJS({ maxAliasCount: 1000 });
  for (const { path, security } of operations)
    document.setIn([...path, 'security'], document.createNode(signed(security)));
  if (isDefault) document.set('security', document.createNode(signed(ownMember(before, 'security'))));
}

/** The API keys of a set that no requirement names. */
export function unusedKeys(document: JsonObject, candidates: ReadonlySet<string>): readonly string[] {
  const text = JSON.stringify(
    [document.security, document.paths, document.webhooks, document.components],
    (key, value) => (key === 'securitySchemes' ? undefined : value),
  );
  return [...candidates].filter((name) => !text.includes(`${JSON.stringify(name)}:[`));
}

/** Where a parameter or an API key is sent. Names of headers ignore case. */
function placeOf(value: unknown): Place | undefined {
  const [place, name] = [ownMember(value, 'in'), ownMember(value, 'name')];
  if (typeof place !== 'string' || typeof name !== 'string') return undefined;
  return `${place} ${place === 'header' ? name.toLowerCase() : name}`;
}

function placesOf(scheme: object): ReadonlySet<Place> {
  const signing = ownMember(scheme, 'x-cs-signing');
  const credentials = ownMember(signing, 'credentials');
  const parts = ['timestamp', 'nonce', 'id'].map((word) => ownMember(signing, word));
  const all = [scheme, ...parts, ...Object.values(isObject(credentials) ? credentials : {})];
  return new Set(all.flatMap((part) => placeOf(part) ?? []));
}

function resolve(document: JsonObject, value: unknown): unknown {
  const reference = ownMember(value, '$ref');
  if (typeof reference !== 'string' || !reference.startsWith('#')) return value;
  return valueAt(document, reference);
}
