import { formatEvent } from '../bodies/index.ts';
import {
  type ApiDescriptor,
  type Code,
  type EventData,
  kindOf,
  type Validator,
  valueAt,
  withValueAt,
} from '../contract/index.ts';
import { createValueMaker, type ValueMaker, type ValueRequest } from '../values/index.ts';
import { createSchemaSource } from '../values/schema-source.ts';
import type { SchemaSource } from '../values/types.ts';
import { inSlice } from './compile-slices.ts';
import type { DeclaredResponse, MockOperation, MockProvider } from './types.ts';
import type { MockValidator } from './validators.ts';

/** Generates the body of a declared response from its schema. @param seed undefined: the value is always the same */
export type MakeUp = {
  (...asked: Asked): unknown;
  /** Generates the same body, but lets other requests run between its attempts. */
  readonly async: (...asked: Asked) => Promise<unknown>;
};

type Asked = [
  operation: Pick<MockOperation, 'descriptor' | 'validators'>,
  response: Pick<DeclaredResponse, 'status' | 'mediaType' | 'pointer' | 'code'>,
  seed: string | undefined,
];

/** Creates the function that generates bodies which match the provider's contract. */
export function createMakeUp({ api, document }: Pick<MockProvider, 'api' | 'document'>): MakeUp {
  let tools: { readonly make: ValueMaker; readonly schemaAt: SchemaSource['schemaAt'] } | undefined;
  const kept = new Map<string, unknown>();

  /** Plans a body: the request for its value, and the function that converts the value to the body. */
  const plan = (...[operation, response, seed]: Asked) => {
    tools ??= { make: createValueMaker(document), schemaAt: createSchemaSource(document).schemaAt };
    const { mediaType = '', pointer } = response;
    const schema = tools.schemaAt(pointer) ?? true;
    const code = codeOf(api, operation, response);
    const validator = operation.validators.responses[response.status]?.[mediaType];
    const complete = (value: unknown): unknown =>
      code !== undefined && api.envelope.code !== 'status' && valueAt(value, api.envelope.code) !== undefined
        ? withValueAt(value, api.envelope.code, code)
        : value;
    const isValid = (value: unknown): boolean => validator === undefined || accepts(validator, complete(value));
    const declared = operation.descriptor.responses.find(({ status }) => status === response.status);
    const events = declared?.events?.[mediaType];
    const direction = operation.descriptor.webhook ? 'request' : 'response';
    const request: ValueRequest = { schema, direction, seed, isValid };
    return { make: tools.make, request, toBody: (value: unknown) => asMediaType(complete(value), mediaType, events) };
  };
  const keyOf = (...[{ descriptor }, { status, mediaType }]: Asked): string =>
    `${descriptor.id} ${status} ${mediaType}`;

  const makeUp = (...asked: Asked): unknown => {
    const key = keyOf(...asked);
    const isKept = asked[2] === undefined;
    if (isKept && kept.has(key)) return kept.get(key);
    const { make, request, toBody } = plan(...asked);
    const body = toBody(make(request).value);
    if (isKept) kept.set(key, body);
    return body;
  };
  const makeUpAsync = async (...asked: Asked): Promise<unknown> => {
    const key = keyOf(...asked);
    const isKept = asked[2] === undefined;
    if (isKept && kept.has(key)) return kept.get(key);
    const { make, request, toBody } = plan(...asked);
    const body = toBody((await make.async(request)).value);
    if (isKept) kept.set(key, body);
    return body;
  };
  return Object.assign(makeUp, { async: makeUpAsync });
}

/**
 * Whether a validator accepts a value. Validators of the mock return only that, without errors, in a fraction of the
 * time.
 */
function accepts(validator: Validator | MockValidator, value: unknown): boolean {
  if ('accepts' in validator) return inSlice(() => validator.accepts(value));
  const result = validator['~standard'].validate(value);
  return !('issues' in result) || result.issues === undefined;
}

/** The code in the body: that of the example, or else that of a success. */
function codeOf({ envelope }: ApiDescriptor, { descriptor }: Asked[0], response: Asked[1]): Code | undefined {
  if (response.code !== undefined || !descriptor.enveloped) return response.code;
  return response.status.startsWith('2') ? envelope.success[0] : undefined;
}

/** Converts a text to the format of the media type. */
function asMediaType(value: unknown, mediaType: string, events: EventData | undefined): unknown {
  if (kindOf(mediaType) !== 'events') return value;
  if (events) return formatEvent(value, events);
  return `data: ${typeof value === 'string' ? value.replaceAll('\n', ' ') : JSON.stringify(value)}\n\n`;
}
