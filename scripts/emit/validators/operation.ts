import { kindOf, type ParameterDescriptor } from '@countersign/runtime/contract';
import { docComment, keyLiteral, literal } from '../../common/text/literal.ts';
import { declaredHeaders } from '../../model/response-headers.ts';
import { INHERITED_NAMES, isSchemaObject } from '../../model/schema/keywords.ts';
import { parameterShape } from '../../model/schema/shape/parameter-shape.ts';
import type { Property } from '../../model/schema/shape/shape.ts';
import type { Content, Operation, Response } from '../../model/types.ts';
import { extensionsName } from './print-extensions.ts';
import { printNode } from './print-node.ts';
import { printType } from './print-type.ts';
import { printProperty, printZod } from './print-zod.ts';
import { exactType, printMembers } from './printed.ts';
import { objectText, type Printed, type Printer } from './printer.ts';

type Entry = readonly [name: string, value: Printed];

const PLACES = [
  ['path', 'path'],
  ['query', 'query'],
  ['header', 'headers'],
  ['cookie', 'cookies'],
] as const;

type Contents = readonly Pick<Content, 'mediaType' | 'schema'>[];
type Header = Omit<Response['headers'][number], 'pointer'>;

/** What validators need of an operation, and nothing else: the key of their text is made from it. */
export type Validated = Pick<Operation, 'identifier' | 'summary'> & {
  readonly parameters: readonly (Pick<ParameterDescriptor, 'in' | 'name' | 'required'> & Pick<Content, 'schema'>)[];
  readonly body: Contents | undefined;
  readonly responses: readonly {
    readonly status: string;
    readonly content: Contents;
    readonly headers: readonly Header[];
  }[];
  readonly hasTexts: boolean;
};

/** The parts of an operation that have validators. */
export function validatedParts({ identifier, summary, parameters, body, responses, descriptor }: Operation): Validated {
  const contentsOf = (content: readonly Content[]): Contents =>
    content.map(({ mediaType, schema }) => ({ mediaType, schema }));
  return {
    identifier,
    summary,
    parameters: parameters.map(({ descriptor: { in: place, name, required }, schema }) => {
      return { in: place, name, required, schema };
    }),
    body: body && contentsOf(body.content),
    responses: responses.map((response) => ({
      status: response.status,
      content: contentsOf(response.content),
      headers: declaredHeaders(response).map(({ pointer: _, ...header }) => header),
    })),
    hasTexts: descriptor.responses.some(({ texts }) => texts !== undefined),
  };
}

/** `OperationValidators` of one operation. */
export function printOperation(operation: Validated, request: Printer, response: Printer): string {
  const { int64 } = response.types;
  const entries: Entry[] = [];
  for (const [place, member] of PLACES) {
    const found = operation.parameters.filter((parameter) => parameter.in === place);
    if (found.length > 0) entries.push([member, printParameters(found, request)]);
  }
  const whole = operation.parameters.find((parameter) => parameter.in === 'querystring');
  if (whole) entries.push(['query', printZod(whole.schema, request)]);
  if (operation.body !== undefined) entries.push(['body', printContents(operation.body, request)]);
  const bodies = operation.responses.map(({ status, content }) => [status, printContents(content, response)] as const);
  entries.push(['responses', printMembers(bodies)]);
  const headers = operation.responses.flatMap(({ status, headers: declared }) =>
    declared.length === 0 ? [] : [[status, printHeaders(declared, response)] as const],
  );
  if (headers.length > 0) entries.push(['responseHeaders', printMembers(headers)]);
  const kinds = operation.responses.flatMap(({ content }) => content.map(({ mediaType }) => kindOf(mediaType)));
  if (kinds.includes('json') || kinds.includes('lines') || operation.hasTexts)
    entries.push(['digits', helper(response.use(int64 ? 'lostDigitsBeside' : 'lostDigits'))]);
  if (hasHidden(operation, request)) entries.push(['withoutHidden', printHidden(request)]);
  if (int64) entries.push(['int64', helper(response.use('int64Values'))]);
  const comment = docComment([operation.summary]);
  const name = `${operation.identifier}Validators`;
  const { text, type } = printMembers(entries);
  return `${comment}\nexport const ${name}: ${type} = /* @__PURE__ */ (() => (${text}))();`;
}

/** Whether a body or a parameter can contain a property that requests omit. */
export function hasHidden(
  { parameters, body = [] }: Validated,
  { direction, knowledge: { directions } }: Printer,
): boolean {
  const affected = directions.affected(direction);
  return [...parameters, ...body].some(({ schema }) => isSchemaObject(schema) && affected.has(schema));
}

function printHidden(printer: Printer): Printed {
  const { text, type } = helper(printer.use('withoutHidden'));
  if (printer.knowledge.extended.length === 0) return { text, type };
  return { text: `${printer.use('withoutHiddenOf')}(() => ${extensionsName(printer)})`, type };
}

const helper = (text: string): Printed => ({ text, type: `typeof ${text}` });

/** An object with the declared parameters, by their declared names, and no others. */
function printParameters(parameters: Validated['parameters'], printer: Printer): Printed {
  const properties = parameters.map(({ schema, name, required }) => {
    const fallback = required ? undefined : printer.shapes.fallback(schema);
    return { name, schema, required, ...(fallback === undefined ? {} : { fallback }) };
  });
  return printStripped(properties, printer);
}

function printStripped(members: readonly Property[], printer: Printer): Printed {
  if (members.some(({ name }) => INHERITED_NAMES.has(name))) return printInherited(members, printer);
  const { text, type } = printMembers(members.map((member) => [member.name, printProperty(member, printer)]));
  return {
    text: printer.withParametersCheck(`z.object(${text})`, members),
    type: `z.ZodObject<${type}, z.core.$strip>`,
  };
}

/** Inherited names such as `constructor`, which zod would find in every object. */
function printInherited(properties: readonly Property[], printer: Printer): Printed {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties.map(({ name, schema }) => [name, schema])),
    required: properties.filter(({ required }) => required).map(({ name }) => name),
  };
  const members = properties.map(({ name, schema, required }) => {
    return `${keyLiteral(name)}${required ? '' : '?'}: ${printType(schema, printer)};`;
  });
  const type = `{ ${members.join(' ')} }`;
  return { text: `${printer.use('schema')}<${type}>(${printNode(schema, printer)})`, type: exactType(type, printer) };
}

function printContents(contents: Contents, printer: Printer): Printed {
  return printMembers(
    contents.map(({ mediaType, schema }) => {
      const { text, type } = printZod(schema, printer);
      return [mediaType, { text: printer.withCheck(text, schema), type }];
    }),
  );
}

function printHeaders(headers: readonly Header[], printer: Printer): Printed {
  const { resolve } = printer.knowledge.graph.resources;
  const shapes = headers.map(({ name, schema, explode, json }) => {
    const shape = parameterShape(schema, (ref) => resolve(ref, schema));
    const text = literal({ shape, ...(explode && { explode }), ...(json && { json }) });
    // TypeScript takes the type of such a property from `Object` and would widen the literals.
    return [name, INHERITED_NAMES.has(name) ? `${text} as const` : text] as const;
  });
  return {
    text: `${printer.use('responseHeaders')}(${objectText(shapes)}, ${printStripped(headers, printer).text})`,
    type: printer.use('ResponseHeaders'),
  };
}
