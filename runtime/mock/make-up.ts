import { formatEvent } from '../bodies/index.ts';
import { type ApiDescriptor, type Code, type EventData, kindOf, valueAt, withValueAt } from '../contract/index.ts';
import { createValueMaker, type ValueMaker } from '../values/index.ts';
import { createSchemaSource } from '../values/schema-source.ts';
import type { SchemaSource } from '../values/types.ts';
import type { DeclaredAnswer, MockOperation, MockProvider } from './types.ts';

/** The body of a declared answer from its schema. @param seed undefined: the same each time */
export type MakeUp = (
  operation: Pick<MockOperation, 'descriptor' | 'validators'>,
  answer: Pick<DeclaredAnswer, 'status' | 'mediaType' | 'pointer' | 'code'>,
  seed: string | undefined,
) => unknown;

/** Makes bodies that the provider's own contract takes. */
export function createMakeUp({ api, document }: Pick<MockProvider, 'api' | 'document'>): MakeUp {
  let tools: { readonly make: ValueMaker; readonly schemaAt: SchemaSource['schemaAt'] } | undefined;
  const kept = new Map<string, unknown>();

  const makeNew: MakeUp = (operation, answer, seed) => {
    tools ??= { make: createValueMaker(document), schemaAt: createSchemaSource(document).schemaAt };
    const { mediaType = '', pointer } = answer;
    const schema = tools.schemaAt(pointer);
    const code = codeOf(api, operation, answer);
    const validator = operation.validators.responses[answer.status]?.[mediaType];
    const complete = (value: unknown): unknown =>
      code !== undefined && api.envelope.code !== 'status' && valueAt(value, api.envelope.code) !== undefined
        ? withValueAt(value, api.envelope.code, code)
        : value;
    const isValid = (value: unknown): boolean => {
      const result = validator?.['~standard'].validate(complete(value));
      return result === undefined || !('issues' in result) || result.issues === undefined;
    };
    const { value } = tools.make({ schema: schema ?? true, direction: 'response', seed, isValid });
    const declared = operation.descriptor.responses.find(({ status }) => status === answer.status);
    return asMediaType(complete(value), mediaType, declared?.events?.[mediaType]);
  };

  return (operation, answer, seed) => {
    if (seed !== undefined) return makeNew(operation, answer, seed);
    const key = `${operation.descriptor.id} ${answer.status} ${answer.mediaType}`;
    if (!kept.has(key)) kept.set(key, makeNew(operation, answer, undefined));
    return kept.get(key);
  };
}

/** What the body says of itself: the example's code, else that of a success. */
function codeOf(
  { envelope }: ApiDescriptor,
  { descriptor }: Parameters<MakeUp>[0],
  answer: Parameters<MakeUp>[1],
): Code | undefined {
  if (answer.code !== undefined || !descriptor.enveloped) return answer.code;
  return answer.status.startsWith('2') ? envelope.success[0] : undefined;
}

/** A text is what its media type says it is. */
function asMediaType(value: unknown, mediaType: string, events: EventData | undefined): unknown {
  if (kindOf(mediaType) !== 'events') return value;
  if (events) return formatEvent(value, events);
  return `data: ${typeof value === 'string' ? value.replaceAll('\n', ' ') : JSON.stringify(value)}\n\n`;
}
