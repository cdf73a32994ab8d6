import { literal } from '../../common/text/literal.ts';
import { layout } from '../../format/layout/index.ts';
import { layoutList } from '../../format/layout/list.ts';
import type { Api, Content, File, Operation, Parameter } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { planValidators } from './plan.ts';

/**
 * `test/types.ts`: for each component and each part of an operation, the output of its validator has the type in
 * `types.ts`, and every value of that type is valid input. Compiling the file proves it.
 */
export function emitTypeTests(api: Api): readonly File[] {
  const { names } = planValidators(api, false);
  const components = [...api.schemas.keys()].map(
    (name) => `Expect<Agree<typeof validators.${names.ofComponent(name)}, components['schemas'][${literal(name)}]>>`,
  );
  const operations = api.operations.flatMap(operationTests);
  const head = `${banner(api)}
import type { z } from 'zod';
import type { components, operations } from '../src/types.ts';
import type * as validators from '../src/validators.ts';

/** The output has the type, and the schema accepts every value of the type. Properties with defaults may be missing. */
type Agree<Schema extends z.ZodType, Type> = [z.output<Schema>] extends [Type] ? Accept<Schema, Type> : ['wrong output'];
type Accept<Schema extends z.ZodType, Type> = [Type] extends [z.input<Schema>] ? true : ['wrong input'];
type Expect<Result extends true> = Result;
`;
  const parts = [
    layout(head),
    layoutList('export type Components = ', components, ';'),
    layoutList('export type Operations = ', operations, ';'),
    layout('export type { components, operations };'),
  ];
  return [{ path: 'test/types.ts', text: parts.join('\n'), formatted: true }];
}

const PLACES = [
  ['path', 'path'],
  ['query', 'query'],
  ['header', 'headers'],
  ['cookie', 'cookies'],
] as const;

function operationTests(operation: Operation): readonly string[] {
  const validator = `(typeof validators.${operation.identifier}Validators)`;
  const type = `operations[${literal(operation.operationId)}]`;
  const parameters = PLACES.flatMap(([place, member]) => {
    const found = operation.parameters.filter(({ descriptor }) => descriptor.in === place);
    return found.length === 0
      ? []
      : parameterTest(`${validator}['${member}']`, `${type}['parameters']['${place}']`, found);
  });
  const body = (operation.body?.content ?? []).map((content) =>
    contentTest(`${validator}['body']`, `NonNullable<${type}['requestBody']>`, content),
  );
  const responses = operation.responses.flatMap(({ status, content }) => {
    const at = /^[1-9]\d\d$/.test(status) ? status : literal(status);
    return content.map((each) =>
      contentTest(`${validator}['responses'][${literal(status)}]`, `${type}['responses'][${at}]`, each),
    );
  });
  return [...parameters, ...body, ...responses];
}

/** Parameters that the transport sets, which have no validators. */
function parameterTest(validator: string, type: string, parameters: readonly Parameter[]): string {
  const names = parameters.map(({ descriptor: { name } }) => literal(name)).join(' | ');
  return `Expect<Agree<${validator}, Pick<NonNullable<${type}>, ${names}>>>`;
}

function contentTest(validator: string, type: string, { mediaType }: Content): string {
  return `Expect<Agree<${validator}[${literal(mediaType)}], ${type}['content'][${literal(mediaType)}]>>`;
}
