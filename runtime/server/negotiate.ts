import { isBytes } from '../bodies/index.ts';
import {
  type BodyKind,
  essence,
  kindIn,
  matchMediaType,
  type OperationDescriptor,
  typeInRange,
} from '../contract/index.ts';
import { UndeclaredResponseError } from './errors.ts';
import type { ResponseHeaders } from './refusal.ts';

/** The media type of a response. */
export type ContentType = {
  /** The declared media type in the spelling of the contract, which is the key of its validator. */
  readonly declared: string;
  readonly sent: string;
};

/** The kinds of bodies that fit a value by its type. Other kinds would lose information. */
function kindsFor(body: unknown): readonly BodyKind[] {
  if (body instanceof FormData) return ['multipart'];
  if (isBytes(body)) return ['binary', 'text', 'markup', 'multipart', 'events', 'lines'];
  if (typeof body === 'string') return ['json', 'text', 'markup', 'binary', 'events', 'lines'];
  if (typeof body !== 'object' || body === null) return ['json'];
  if (Symbol.asyncIterator in body) return ['events', 'lines', 'multipart', 'binary', 'text', 'markup'];
  if (Array.isArray(body)) return ['json', 'lines', 'events', 'multipart', 'markup'];
  return ['json', 'markup', 'form', 'multipart'];
}

/** The weight of a media type in an Accept header, from 0 to 1. The most specific range decides (RFC 9110, 12.5.1). */
export function weightOf(accept: string, mediaType: string): number {
  const type = essence(mediaType);
  const own = parametersOf(mediaType);
  let best = { specificity: -1, weight: 0 };
  for (const range of accept.split(',')) {
    const name = essence(range);
    const { q: stated, ...parameters } = parametersOf(range);
    const said = Object.entries(parameters);
    // A parameter that the contract does not declare, such as a charset, does not exclude a media type.
    if (said.some(([key, value]) => own[key] !== undefined && own[key] !== value)) continue;
    const isExact = said.some(([key]) => own[key] !== undefined);
    const named = name === type ? 2 : name === type.replace(/\/.*/, '/*') ? 1 : name === '*/*' ? 0 : -1;
    const specificity = named === 2 && isExact ? 3 : named;
    if (specificity <= best.specificity) continue;
    const weight = stated === undefined ? 1 : Number(stated);
    best = { specificity, weight: weight >= 0 && weight <= 1 ? weight : 0 };
  }
  return best.weight;
}

/** The parameters of a media type or range, in lower case. */
function parametersOf(text: string): { readonly [name: string]: string } {
  const pairs = text
    .split(';')
    .slice(1)
    .map((part) =>
      part
        .trim()
        .toLowerCase()
        .split(/\s*=\s*/),
    );
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name, value.replaceAll('"', '')]));
}

type Declared = Pick<OperationDescriptor['responses'][number], 'content' | 'files'>;

/**
 * The media type of a response: the type that the handler chose, or the declared type that fits the value and that the
 * caller prefers. JSON wins a tie. If the caller accepts no declared type, the response is sent anyway.
 * @param acceptOf the Accept header of the request
 * @param fits whether the contract accepts the value as this media type
 * @throws {UndeclaredResponseError}
 */
export function pickContentType(
  response: Declared,
  headers: ResponseHeaders | undefined,
  body: unknown,
  acceptOf: () => string | null,
  fits: (declared: string) => boolean,
): ContentType {
  const { content } = response;
  const given = headers?.['content-type'];
  const stated = typeof given === 'object' ? given[0] : given;
  const said = stated ?? (body instanceof Blob && body.type !== '' ? body.type : undefined);
  const own = said === undefined ? undefined : matchMediaType(said, content);
  if (said !== undefined && own === undefined)
    throw new UndeclaredResponseError(`content type ${said} is not declared`);
  const declared = own ?? (content.length === 1 ? content[0] : choose(response, body, acceptOf(), fits)) ?? '';
  return { declared, sent: said ?? typeInRange(declared, body, response.files?.includes(declared) === true) };
}

function choose(
  response: Declared,
  body: unknown,
  accept: string | null,
  fits: (declared: string) => boolean,
): string | undefined {
  const { content } = response;
  const kindFor = (type: string): BodyKind => kindIn(type, response);
  const kinds = kindsFor(body);
  const holding = content.filter((type) => type.includes('*') || kinds.includes(kindFor(type)));
  // A text may be a JSON string, or may violate the schema. An object is written as XML only if the contract describes
  // the XML.
  const isObject = typeof body === 'object' && !isBytes(body);
  const isVersioned = holding.filter((type) => kindFor(type) === 'json').length > 1;
  const fitting = holding.filter((type) => {
    const kind = kindFor(type);
    const isJson = kind === 'json' && (typeof body === 'string' || isVersioned);
    return isJson || (isObject && kind === 'markup') ? fits(type) : true;
  });
  const [first] = [fitting, holding, content].find((types) => types.length > 0) ?? [];
  const candidates = (fitting.length > 0 ? fitting : holding).map((type, place) => ({
    type,
    weight: accept === null || accept === '' ? 1 : weightOf(accept, type),
    rank: kindFor(type) === 'json' ? -1 : place,
  }));
  const [best] = candidates.sort((a, b) => b.weight - a.weight || a.rank - b.rank);
  return best?.type ?? first;
}
