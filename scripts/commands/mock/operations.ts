import type { Code, OperationValidators } from '@countersign/runtime/contract';
import { fixedQuery, kindOf } from '@countersign/runtime/contract';
import {
  createValidators,
  type DeclaredResponse,
  type ExampleInput,
  type MockOperation,
} from '@countersign/runtime/mock';
import type { ProviderConfig } from '../../config/types.ts';
import { asNode, atPointer, follow } from '../../model/reader.ts';
import { directionsOf } from '../../model/schema/directions.ts';
import type { Api, Content, Operation } from '../../model/types.ts';
import { findInferred } from './inferred.ts';

/** Operations with the examples and validators of the mock. */
export function toMockOperations(
  api: Api,
  formats: NonNullable<ProviderConfig['formats']> = {},
): readonly MockOperation[] {
  const lenient = { duration: formats.duration === 'fractions', time: formats.time === 'optionalOffset' };
  const makers = {
    request: createValidators(api.document, 'request', lenient),
    response: createValidators(api.document, 'response', lenient),
  };
  return api.operations.map((operation) => ({
    descriptor: operation.descriptor,
    identifier: operation.identifier,
    pathKey: pathKeyOf(operation),
    summary: operation.summary,
    description: operation.description,
    inferred: operation.inferred,
    inferredParameters: inferredParametersOf(api, operation),
    deprecated: operation.deprecated,
    tags: operation.tags,
    responses: responsesOf(api, operation),
    inputs: inputsOf(operation),
    schemas: schemasOf(operation),
    hint: asNode(atPointer(api.document, operation.pointer))['x-cs-mock'] as MockOperation['hint'],
    validators: validatorsOf(api, operation, makers),
  }));
}

const pathKeyOf = ({ pointer }: Operation): string =>
  (pointer.split('/')[2] ?? '').replaceAll('~1', '/').replaceAll('~0', '~');

function responsesOf(api: Api, operation: Operation): readonly DeclaredResponse[] {
  const inferred = findInferred(api, operation);
  const summaryOf = (status: string): object => {
    const pointer = `${operation.pointer}/responses/${status}`;
    const { summary } = follow(api.document, atPointer(api.document, pointer), pointer).node;
    return typeof summary === 'string' ? { summary } : {};
  };
  const make = (status: string, content?: Content, name?: string, value?: unknown): DeclaredResponse => ({
    status,
    ...summaryOf(status),
    mediaType: content?.mediaType,
    pointer: content?.pointer,
    name,
    value,
    code: codeAt(value, api.descriptor.envelope.code),
    inferred: inferred.ofResponse(status, content?.mediaType, name),
  });
  return operation.responses.flatMap(({ status, content }) => {
    if (content.length === 0) return [make(status)];
    return content.flatMap((each) =>
      each.examples.size === 0
        ? [make(status, each)]
        : [...each.examples].map(([name, value]) => make(status, each, name, value)),
    );
  });
}

function inferredParametersOf(api: Api, operation: Operation): ReadonlySet<string> {
  const inferred = findInferred(api, operation);
  const found = operation.parameters.filter((parameter) => inferred.parameter(parameter));
  return new Set(found.map(({ descriptor: { in: place, name } }) => `${place} ${name}`));
}

function codeAt(body: unknown, pointer: string): Code | undefined {
  if (pointer === 'status') return undefined;
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const value = steps.reduce<unknown>((at, step) => asNode(at)[step], body);
  return ['string', 'number', 'boolean'].includes(typeof value) ? (value as Code) : undefined;
}

const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

/** A whole input for each example of the body, without the values that dispatch sets. */
function inputsOf({ parameters, body, descriptor }: Operation): ReadonlyMap<string, ExampleInput> {
  const fixed = new Set(fixedQuery(descriptor.when));
  const groups: Record<string, Record<string, unknown>> = {};
  for (const { descriptor: parameter, example } of parameters) {
    if (example === undefined || (parameter.in === 'query' && fixed.has(parameter.name))) continue;
    if (parameter.in === 'querystring') {
      groups.query = example as Record<string, unknown>;
      continue;
    }
    const group = GROUPS[parameter.in];
    groups[group] = { ...groups[group], [parameter.name]: example };
  }
  const bodies = [...(body?.content[0]?.examples ?? [])];
  if (bodies.length === 0) return new Map([['default', groups]]);
  return new Map(bodies.map(([name, value]) => [name, { ...groups, body: value }]));
}

/** Values that dispatch sets are not part of the input. */
function schemasOf({ parameters, body, descriptor: { when } }: Operation): MockOperation['schemas'] {
  const fixed = new Set(fixedQuery(when));
  return {
    parameters: parameters.flatMap(({ descriptor: { in: place, name, required }, pointer }) =>
      place === 'query' && fixed.has(name) ? [] : [{ in: place, name, required, pointer }],
    ),
    body: (body?.content ?? []).map(({ mediaType, pointer, parts }) => ({
      mediaType,
      pointer,
      ...(parts && { parts }),
    })),
  };
}

type Maker = ReturnType<typeof createValidators>;

function validatorsOf(
  { document }: Api,
  operation: Operation,
  makers: { readonly request: Maker; readonly response: Maker },
): OperationValidators {
  const { parameters, body, responses, descriptor } = operation;
  const [asked, returned] = directionsOf(operation);
  const [requests, responseMakers] = [makers[asked], makers[returned]];
  const parts = Object.entries(GROUPS).flatMap(([place, group]) => {
    const own = parameters.filter(({ descriptor }) => descriptor.in === place);
    if (own.length === 0) return [];
    const members = own.map(({ descriptor: { name, required }, pointer }) => ({ name, pointer, required }));
    return [[group, requests.members(members)] as const];
  });
  const whole = parameters.find(({ descriptor: { in: place } }) => place === 'querystring');
  const byType = (content: readonly Content[], make: Maker, xml: object = {}) =>
    Object.fromEntries(
      content
        .filter((one) => isDescribed(one, xml) && atPointer(document, one.pointer) !== undefined)
        .map(({ mediaType, pointer }) => [mediaType, make.at(pointer)]),
    );
  const xmlOf = (status: string) => descriptor.responses.find((each) => each.status === status)?.xml;
  return {
    ...Object.fromEntries(parts),
    ...(whole && { query: requests.at(whole.pointer) }),
    ...(body && { body: byType(body.content, requests, descriptor.body?.xml) }),
    responses: Object.fromEntries(
      responses.map(({ status, content }) => [status, byType(content, responseMakers, xmlOf(status))]),
    ),
  };
}

/** As in the generated server: bytes and markup without a schema are not validated. */
const isDescribed = ({ mediaType, events }: Content, xml: object): boolean =>
  !['binary', 'markup', 'events'].includes(kindOf(mediaType)) || Object.hasOwn(xml, mediaType) || events !== undefined;
