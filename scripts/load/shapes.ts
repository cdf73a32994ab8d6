import { FIXED_METHODS } from '../common/document/path-operations.ts';

/**
 * The kinds of objects in an OpenAPI document by their place. Anything else is data: a `$ref` in it is not a reference.
 * @see https://spec.openapis.org/oas/v3.1.1.html#schema
 */
export type Shape =
  | { readonly kind: 'object'; readonly name: string; readonly members: { readonly [member: string]: Shape } }
  /** A map whose keys are names that the author chose. */
  | { readonly kind: 'names'; readonly of: Shape; readonly extensible: boolean }
  | { readonly kind: 'list'; readonly of: Shape }
  /** One object, or a list of them. */
  | { readonly kind: 'one-or-list'; readonly of: Shape }
  /** A discriminator's mapping: values that look like references are references to schemas. */
  | { readonly kind: 'mapping'; readonly of: Shape };

type Members = { [member: string]: Shape };
type ObjectShape = { readonly kind: 'object'; readonly name: string; readonly members: Members };

const object = (name: string): ObjectShape => ({ kind: 'object', name, members: Object.create(null) as Members });
const names = (of: Shape): Shape => ({ kind: 'names', of, extensible: false });
/** Such a map can also contain `x-` fields. */
const openNames = (of: Shape): Shape => ({ kind: 'names', of, extensible: true });
const list = (of: Shape): Shape => ({ kind: 'list', of });

const schema = object('Schema');
const discriminator = object('Discriminator');
const example = object('Example');
const header = object('Header');
const encoding = object('Encoding');
const mediaType = object('MediaType');
const parameter = object('Parameter');
const requestBody = object('RequestBody');
const link = object('Link');
const response = object('Response');
const securityScheme = object('SecurityScheme');
const operation = object('Operation');
const dispatch = object('Dispatch');
const pathItem = object('PathItem');
const components = object('Components');

/** The root of an OpenAPI document. */
export const documentShape = object('Document');

const callback = openNames(pathItem);
const content = names(mediaType);

for (const name of ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'])
  schema.members[name] = names(schema);
for (const name of ['allOf', 'anyOf', 'oneOf', 'prefixItems']) schema.members[name] = list(schema);
for (const name of [
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'additionalProperties',
  'unevaluatedItems',
  'unevaluatedProperties',
  'additionalItems',
  'contentSchema',
]) {
  schema.members[name] = schema;
}
schema.members.items = { kind: 'one-or-list', of: schema };
schema.members.discriminator = discriminator;
discriminator.members.mapping = { kind: 'mapping', of: schema };

Object.assign(encoding.members, {
  headers: names(header),
  encoding: names(encoding),
  prefixEncoding: list(encoding),
  itemEncoding: encoding,
});
Object.assign(mediaType.members, {
  schema,
  itemSchema: schema,
  'x-cs-content': schema,
  examples: names(example),
  encoding: names(encoding),
  prefixEncoding: list(encoding),
  itemEncoding: encoding,
});
Object.assign(header.members, { schema, content, examples: names(example) });
Object.assign(parameter.members, header.members);
Object.assign(requestBody.members, { content });
Object.assign(response.members, { headers: names(header), content, links: names(link) });
Object.assign(operation.members, {
  parameters: list(parameter),
  requestBody,
  responses: openNames(response),
  callbacks: names(callback),
});
Object.assign(dispatch.members, { operation });
Object.assign(pathItem.members, {
  parameters: list(parameter),
  additionalOperations: names(operation),
  'x-cs-dispatch': list(dispatch),
});
for (const method of FIXED_METHODS) pathItem.members[method] = operation;
Object.assign(components.members, {
  schemas: names(schema),
  responses: names(response),
  parameters: names(parameter),
  examples: names(example),
  requestBodies: names(requestBody),
  headers: names(header),
  securitySchemes: names(securityScheme),
  links: names(link),
  callbacks: names(callback),
  pathItems: names(pathItem),
  mediaTypes: names(mediaType),
});
Object.assign(documentShape.members, {
  paths: openNames(pathItem),
  webhooks: names(pathItem),
  // The field for webhooks in documents of OpenAPI 3.0.
  'x-webhooks': names(pathItem),
  components,
});

/** The root of an Arazzo document, where only the schemas of inputs have references. */
export const flowsShape = object('Flows');
const workflow = object('Workflow');
const flowComponents = object('FlowComponents');
workflow.members.inputs = schema;
flowComponents.members.inputs = names(schema);
Object.assign(flowsShape.members, { workflows: list(workflow), components: flowComponents });

/** The places of objects in a schema. */
export const schemaShape: Shape = schema;
/** The places of objects in a path item. */
export const pathItemShape: Shape = pathItem;

/** Whether OpenAPI allows a `$ref` in place of it. */
export function isReferable(shape: Shape): boolean {
  return shape.kind === 'object' || shape === callback;
}

/** The shapes of all members that an object of a shape can have. */
export function innerShapes(shape: Shape): readonly Shape[] {
  return shape.kind === 'object' ? Object.values(shape.members) : [shape.of];
}

/** The shape of one property; undefined if the property is data. */
export function memberShape(shape: Shape, key: string): Shape | undefined {
  switch (shape.kind) {
    case 'object':
      return shape.members[key];
    case 'names':
      return shape.extensible && key.startsWith('x-') ? undefined : shape.of;
    case 'list':
      return shape.of;
    case 'one-or-list':
      return /^\d+$/.test(key) ? shape.of : memberShape(shape.of, key);
    case 'mapping':
      return undefined;
  }
}
