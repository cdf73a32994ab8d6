import { isAsyncIterable, isBytes, Part } from '../bodies/index.ts';
import {
  type BodyKind,
  kindIn,
  matchMediaType,
  type OperationDescriptor,
  own,
  type Validator,
} from '../contract/index.ts';
import { refuse } from './build-request.ts';
import type { Run } from './types.ts';

/** Whether a value is a form that `fetch` encodes. */
const isForm = (value: unknown): value is FormData | URLSearchParams =>
  value instanceof FormData || value instanceof URLSearchParams;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A file, or a value that only a part of a multipart body can have. */
const holdsFile = (body: object): boolean =>
  Object.values(body).some((member) => [member].flat().some((item) => isBytes(item) || item instanceof Part));

const unwrap = (value: unknown): unknown => (value instanceof Part ? value.value : value);

/** Replaces parts by their values, because a schema describes only the values. */
function withoutParts(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(unwrap);
  if (!isObject(body) || !holdsFile(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, member]) => [name, Array.isArray(member) ? member.map(unwrap) : unwrap(member)]),
  );
}

const ofValues = (validator: Validator): Validator => ({
  '~standard': {
    ...validator['~standard'],
    validate: (body) => validator['~standard'].validate(withoutParts(body)),
  },
});

/** Validates each item of a list against the schema of one item. */
const ofItems = (validator: Validator): Validator => ({
  '~standard': {
    ...validator['~standard'],
    validate: async (body) => {
      const found = await Promise.all(
        (body as readonly unknown[]).map((item) => validator['~standard'].validate(unwrap(item))),
      );
      const issues = found.flatMap(({ issues = [] }, place) =>
        issues.map(({ message, path = [] }) => ({ message, path: [place, ...path] })),
      );
      return issues.length > 0 ? { issues } : { value: body };
    },
  },
});

const FIELDS: readonly BodyKind[] = ['form', 'multipart'];
const VALUES: readonly BodyKind[] = ['json', 'form', 'multipart'];
const ITEMS: readonly BodyKind[] = ['lines', 'events'];

type Declared = Pick<NonNullable<OperationDescriptor['body']>, 'content' | 'files' | 'jsonTexts'>;

/** The declared media type that fits the body, or the first one if several do. */
function typeFor(body: unknown, declared: Declared): string | undefined {
  const { content } = declared;
  const [usual] = content;
  const [jsonText] = declared.jsonTexts ?? [];
  const kindOf = (type: string): BodyKind => kindIn(type, declared);
  const first = (...kinds: readonly BodyKind[]) => content.find((type) => kinds.includes(kindOf(type))) ?? usual;
  if (body instanceof FormData) return first('multipart');
  if (body instanceof URLSearchParams) return first('form');
  if (body instanceof Blob && body.type) {
    const covering = matchMediaType(body.type, content);
    if (covering) return covering.includes('*') ? body.type : covering;
  }
  if (isBytes(body)) return content.find((type) => !VALUES.includes(kindOf(type))) ?? usual;
  if (isAsyncIterable(body)) return first('lines', 'events', 'multipart');
  if (isObject(body) && holdsFile(body)) return first('multipart');
  if (isObject(body)) {
    const kinds = [...VALUES, ...(Array.isArray(body) ? ITEMS : [])];
    return content.find((type) => kinds.includes(kindOf(type))) ?? jsonText ?? usual;
  }
  return content.find((type) => !FIELDS.includes(kindOf(type))) ?? usual;
}

const OCTETS = 'application/octet-stream';

/** Returns the default media type of a range. Text can be the content of a file. */
function inRange(range: string, body: unknown, isFile: boolean): string | undefined {
  if (!range.includes('*')) return range;
  const usual = isBytes(body) ? OCTETS : isObject(body) ? 'application/json' : 'text/plain';
  return [usual, ...(isFile ? [OCTETS] : [])].find((type) => matchMediaType(type, [range]));
}

/** Returns why a body cannot be written in its media type. A lossy conversion is not sent. */
function flawOf(kind: BodyKind, body: unknown): string | undefined {
  if (kind === 'json') {
    const isLost = isBytes(body) || isForm(body) || (isObject(body) && holdsFile(body));
    return isLost ? 'expected a JSON value, received a file or form' : undefined;
  }
  if (kind === 'form' && isObject(body) && holdsFile(body)) return 'a form without parts cannot contain a file';
  if (kind === 'form' || kind === 'multipart' || !isObject(body) || isBytes(body)) return undefined;
  if (ITEMS.includes(kind) && (Array.isArray(body) || isAsyncIterable(body))) return undefined;
  return 'expected text or bytes';
}

/**
 * Whether a schema describes the body: it describes JSON, the fields of a form, and text. Other types are not
 * validated.
 */
const isDescribed = (kind: BodyKind, body: unknown): boolean =>
  (VALUES.includes(kind) || kind === 'text') && !isBytes(body) && !isForm(body);

/**
 * The media type of a call's body: the type that the caller selected, or one that fits the body. The declared media
 * type determines the validator.
 * @throws {ValidationError} if the body cannot be sent
 */
export function chooseMediaType(run: Run): string | undefined {
  const { operation, input, validators } = run;
  const { body, contentType } = input;
  if (body === undefined) return undefined;
  if (/^(GET|HEAD)$/.test(operation.method))
    throw refuse(run, '/body', body, `fetch cannot send a body with ${operation.method}`);
  const { content } = operation.body ?? { content: [] };
  const found = contentType ?? typeFor(body, operation.body ?? { content }) ?? 'application/json';
  const type = inRange(found, body, operation.body?.files?.includes(found) === true);
  const declared = type && matchMediaType(type, content);
  if (contentType && !declared) throw refuse(run, '/contentType', contentType, `expected one of ${content.join(', ')}`);
  if (!type) throw refuse(run, '/contentType', contentType, `${found} requires a media type, or a Blob with a type`);
  const root = own(operation.body?.xml, declared ?? '');
  const kind = kindIn(type, operation.body);
  const isXml = root !== undefined && isObject(body) && !isBytes(body) && !isForm(body);
  const isJsonText = operation.body?.jsonTexts?.includes(declared ?? '') && !isBytes(body);
  const flaw = isXml ? undefined : flawOf(isJsonText ? 'json' : kind, body);
  if (flaw) throw refuse(run, '/body', body, `cannot be sent as ${type}: ${flaw}`);
  const validator = validators?.body?.[declared ?? type];
  const { body: _, withoutHidden, ...others } = validators ?? { responses: {} };
  const isStream = own(operation.body?.parts, declared ?? '')?.stream === true;
  const isList = (ITEMS.includes(kind) || isStream) && Array.isArray(body);
  const used = validator && (isList ? ofItems(validator) : kind === 'multipart' ? ofValues(validator) : validator);
  const isChecked = isXml || isList || (!isStream && isDescribed(kind, body));
  run.validators = {
    ...others,
    ...(used && isChecked && { body: { [type]: used } }),
    // The schema of the body has these properties, not the schema of its items or parts.
    ...(withoutHidden &&
      validator && {
        withoutHidden: (value, given = validator) => withoutHidden(value, given === used ? validator : given),
      }),
  };
  return type;
}
