import { type BodyKind, fixedQuery, kindOf, own } from '../../contract/index.ts';
import { createSchemaSource } from '../../values/schema-source.ts';
import type { Schema } from '../../values/types.ts';
import { writeXml } from '../../xml/index.ts';
import { createMakeInput, type MakeInput } from '../make-input.ts';
import type { DeclaredResponse, ExampleInput, MockOperation, MockProvider } from '../types.ts';
import { isDeprecated, tagLabel } from './document-facts.ts';
import { toPageFiles } from './files.ts';
import { factsOf, fieldsOf, type Resolve, type ValueFacts } from './schema-facts.ts';
import { preferOf } from './state.ts';

/** A parameter in the form. */
export type ParameterDetail = ValueFacts & {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly inferred: boolean;
  /** A valid value, shown if the field is empty. */
  readonly sample: unknown;
};

/** A field of a form or of multipart data. */
export type FieldDetail = ValueFacts & { readonly name: string; readonly required: boolean };

/** An input that the form can start with. */
export type InputDetail = { readonly name: string; readonly input: ExampleInput };

/** The request body in one of its media types. */
export type BodyDetail = {
  readonly mediaType: string;
  readonly kind: BodyKind;
  readonly fields: readonly FieldDetail[];
  readonly inputs: readonly InputDetail[];
};

/** A security scheme that the operation requires. */
export type SchemeDetail = { readonly name: string; readonly kind: string; readonly deprecated: boolean };

/** Everything that the page of one operation shows. */
export type OperationDetail = {
  readonly description: string;
  readonly security: readonly (readonly SchemeDetail[])[];
  /** The tags in words: `Carts, in The Shop (nav)`. */
  readonly tags: readonly string[];
  readonly parameters: readonly ParameterDetail[];
  readonly bodyRequired: boolean;
  /** The bodies by media type. Empty if the operation has no body. */
  readonly bodies: readonly BodyDetail[];
  /** The inputs. Undefined if there is no body. */
  readonly inputs: readonly InputDetail[];
  readonly responses: readonly (Omit<DeclaredResponse, 'value'> & { readonly body: string; readonly prefer: string })[];
  readonly codes: readonly string[];
};

type Tools = {
  readonly make: MakeInput;
  readonly at: (pointer: string) => Schema | undefined;
  readonly resolve: Resolve;
};
const known = new WeakMap<MockProvider, Tools>();

function toolsOf(provider: MockProvider): Tools {
  const kept = known.get(provider);
  if (kept) return kept;
  const { resolve, schemaAt: at } = createSchemaSource(provider.document);
  const tools = { make: createMakeInput(provider.document), at, resolve };
  known.set(provider, tools);
  return tools;
}

/** Reads the details of one operation: facts about its input, initial inputs, and every declared response. */
export async function readDetails(provider: MockProvider, operation: MockOperation): Promise<OperationDetail> {
  const { descriptor, responses, schemas } = operation;
  const bodies = descriptor.body ? schemas.body : [];
  return {
    description: operation.description,
    security: descriptor.security.map((names) =>
      names.map((name) => ({
        name,
        kind: provider.api.securitySchemes[name]?.kind ?? 'key',
        deprecated: isDeprecated(provider, name),
      })),
    ),
    tags: operation.tags.map((tag) => tagLabel(provider, tag)),
    parameters: parametersOf(provider, operation),
    bodyRequired: descriptor.body?.required ?? false,
    bodies: await Promise.all(bodies.map((_, at) => bodyOf(provider, operation, at))),
    inputs: bodies.length > 0 ? [] : inputsOf(provider, operation, undefined),
    responses: responses.map(({ value, ...response }) => ({
      ...response,
      body: value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value, undefined, 2),
      prefer: preferOf(response),
    })),
    codes: descriptor.codes.map(String),
  };
}

const GROUPS = { path: 'path', query: 'query', header: 'headers', cookie: 'cookies' } as const;

function parametersOf(provider: MockProvider, { descriptor, schemas, inferredParameters, ...rest }: MockOperation) {
  const { make, at, resolve } = toolsOf(provider);
  const fixed = new Set(fixedQuery(descriptor.when));
  const made = make({ descriptor, schemas, validators: rest.validators });
  return descriptor.parameters
    .filter(({ in: place, name }) => !(place === 'query' && fixed.has(name)))
    .map(({ name, in: place, required }): ParameterDetail => {
      const pointer = schemas.parameters.find((one) => one.in === place && one.name === name)?.pointer ?? '';
      const facts = factsOf(at(pointer), resolve);
      const own = at(pointer.replace(/(\/content\/[^/]+)?\/schema$/, ''));
      const said = typeof own === 'object' ? own['description'] : undefined;
      return {
        ...facts,
        name,
        in: place,
        required,
        inferred: inferredParameters.has(`${place} ${name}`),
        description: typeof said === 'string' ? said : facts.description,
        sample: place === 'querystring' ? made.query : made[GROUPS[place]]?.[name],
      };
    });
}

async function bodyOf(provider: MockProvider, operation: MockOperation, index: number): Promise<BodyDetail> {
  const { at, resolve } = toolsOf(provider);
  const { mediaType = '', pointer = '' } = operation.schemas.body[index] ?? {};
  const kind = kindOf(mediaType);
  const isForm = kind === 'form' || kind === 'multipart';
  const fields = isForm ? fieldsOf(at(pointer), resolve) : [];
  const root = own(operation.descriptor.body?.xml, mediaType);
  const inputs = inputsOf(provider, operation, index).map(({ name, input }) => {
    const isXml = kind === 'markup' && root && typeof input.body === 'object' && input.body !== null;
    return { name, input: isXml ? { ...input, body: writeXml(input.body, root) } : input };
  });
  return {
    mediaType,
    kind,
    fields: fields.map(({ name, schema, required }) => ({ ...factsOf(schema, resolve), name, required })),
    inputs: await Promise.all(
      inputs.map(async ({ name, input }) => ({ name, input: (await toPageFiles(input)) as ExampleInput })),
    ),
  };
}

/** Returns the inputs: the document's examples first, then values generated from the schemas. */
function inputsOf(provider: MockProvider, operation: MockOperation, body: number | undefined): readonly InputDetail[] {
  const { make } = toolsOf(provider);
  const mediaType = body === undefined ? undefined : operation.schemas.body[body]?.mediaType;
  const minimal = make(operation, { mediaType, minimal: true });
  const shown = [...operation.inputs].filter(([, input]) => body === undefined || (body === 0 && 'body' in input));
  const examples = shown.map(([name, input]) => ({ name, input: withParameters(minimal, input) }));
  const [usual] = operation.inputs.values();
  // Parameters from the document are more useful than generated ones.
  const over = ({ body: made, contentType }: ExampleInput): ExampleInput => ({
    ...withParameters(minimal, { ...usual, body: undefined }),
    ...(made !== undefined && { body: made }),
    ...(contentType !== undefined && { contentType }),
  });
  if (body === undefined) return examples.length > 0 ? examples : [{ name: 'required only', input: minimal }];
  return [
    ...examples,
    { name: 'generated from the schema', input: over(make(operation, { mediaType })) },
    { name: 'required only', input: over(minimal) },
  ];
}

/** Required parameters that the example omits come from the generated input. */
function withParameters(made: ExampleInput, input: ExampleInput): ExampleInput {
  const groups = Object.values(GROUPS).flatMap((group) => {
    const merged = { ...made[group], ...input[group] };
    return Object.keys(merged).length === 0 ? [] : [[group, merged] as const];
  });
  const { body } = input;
  const type = input.contentType ?? made.contentType;
  return {
    ...Object.fromEntries(groups),
    ...(body !== undefined && { body }),
    ...(type !== undefined && body !== undefined && { contentType: type }),
  };
}
