import { literal } from '../../common/text/literal.ts';
import { layout } from '../../format/layout/index.ts';
import { layoutList } from '../../format/layout/list.ts';
import type { Api, Content, File, Operation } from '../../model/types.ts';
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
  const operations = api.operations.flatMap(operationTest);
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
    ...(operations.length === 0 ? [] : [HELPERS]),
    layoutList('export type Components = ', components, ';'),
    layoutList('export type Operations = ', operations, ';'),
    layout('export type { components, operations };'),
  ];
  return [{ path: 'test/types.ts', text: parts.join('\n'), formatted: true }];
}

/** The types that compare one operation. A large contract would repeat them for each of its thousands of parts. */
const HELPERS = `type At<Type, Key> = Key extends keyof Type ? Type[Key] : Record<never, never>;
type AgreeIf<Schema, Type> = [Schema] extends [z.ZodType] ? Agree<Schema, Type> : ['no validator'];
/** The validator of parameters, and the type of those that it has: the transport sets the others. */
type Parameters<Schema, Type, Names> = [Names] extends [keyof Type] ? AgreeIf<Schema, Pick<Type, Names>> : ['no type'];
/** The validators and the types of contents, by media type. JSON may be declared as a range. */
type Contents<Schemas, Types, Names> = Names extends keyof Schemas
  ? AgreeIf<Schemas[Names], Types[(Names extends keyof Types ? Names : '*/*' | 'application/*') & keyof Types]>
  : ['missing', Names];
type Places = { path: 'path'; query: 'query'; headers: 'header'; cookies: 'cookie' };
type Part<Schemas, Types, Key, Names> = Key extends keyof Places
  ? Parameters<At<Schemas, Key>, NonNullable<At<At<Types, 'parameters'>, Places[Key]>>, Names>
  : Key extends 'body'
    ? Contents<At<Schemas, 'body'>, At<NonNullable<At<Types, 'requestBody'>>, 'content'>, Names>
    : Contents<At<At<Schemas, 'responses'>, Text<Key>>, At<At<At<Types, 'responses'>, Key>, 'content'>, Names>;
type Text<Key> = Key extends string | number ? \`\${Key}\` : never;
type Named<Key, Result> = [Result] extends [true] ? true : [Key, Result];
/** All parts of an operation agree: parameters by their names, the body and responses by their media types. */
type Operation<Id extends keyof typeof validators.validators & keyof operations, Parts> = {
  [Key in keyof Parts]: Named<Key, Part<(typeof validators.validators)[Id], operations[Id], Key, Parts[Key]>>;
}[keyof Parts];
`;

const PLACES = [
  ['path', 'path'],
  ['query', 'query'],
  ['header', 'headers'],
  ['cookie', 'cookies'],
] as const;

/** The test of one operation: the names of the parts that have validators. */
function operationTest(operation: Operation): readonly string[] {
  const parameters = PLACES.flatMap(([place, member]) => {
    // Parameters that the transport sets have no validators.
    const found = operation.parameters.filter(({ descriptor }) => descriptor.in === place);
    return found.length === 0 ? [] : [`${member}: ${union(found.map(({ descriptor: { name } }) => name))}`];
  });
  const body = contentsOf('body', operation.body?.content ?? []);
  const responses = operation.responses.flatMap(({ status, content }) =>
    contentsOf(/^[1-9]\d\d$/.test(status) ? status : literal(status), content),
  );
  const parts = [...parameters, ...body, ...responses];
  if (parts.length === 0) return [];
  return [`Expect<Operation<${literal(operation.operationId)}, { ${parts.join('; ')} }>>`];
}

const contentsOf = (part: string, content: readonly Content[]): readonly string[] =>
  content.length === 0 ? [] : [`${part}: ${union(content.map(({ mediaType }) => mediaType))}`];

const union = (names: readonly string[]): string => names.map(literal).join(' | ');
