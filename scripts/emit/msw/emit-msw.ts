import { formatEvent, formatLine, type PartTools, writeParts } from '@countersign/runtime/bodies';
import {
  holdsXml,
  kindOf,
  type OperationDescriptor,
  type PartsDescriptor,
  type XmlNode,
} from '@countersign/runtime/contract';
import { FRAMING } from '../../../runtime/mock/framing.ts';
import { isValid } from '../../../runtime/mock/is-valid.ts';
import { toPartList } from '../../../runtime/mock/to-parts.ts';
import { toRows } from '../../../runtime/mock/to-rows.ts';
import type { Recall } from '../../common/recall.ts';
import { literal, stringLiteral } from '../../common/text/literal.ts';
import { atPointer } from '../../model/reader.ts';
import { schemaResources } from '../../model/schema/graph/resources.ts';
import { isSchemaObject } from '../../model/schema/keywords.ts';
import type { ApiData, File } from '../../model/types.ts';
import type { Framework } from '../framework.ts';
import type { HookOperation } from '../orval/describe.ts';
import { documentExports, hookDocs } from '../orval/document-exports.ts';
import { hookOutput } from '../orval/hook-output.ts';
import { placeholder } from '../orval/orval-names.ts';
import { defaultText } from '../validators/default-text.ts';
import { banner } from '../views/banner.ts';
import { chooseNames } from '../views/naming.ts';
import { usesXml } from '../views/operation-views.ts';

/**
 * `msw.ts`: MSW handlers by orval. @param frameworks the frameworks of the package's hooks, which share orval's runs
 */
export async function emitMsw(
  api: ApiData,
  frameworks: readonly Framework[] = ['react'],
  recall?: Recall,
): Promise<readonly File[]> {
  const made = await hookOutput(api, frameworks, recall);
  if (made === undefined) return [];
  const isWithout = ({ content, example }: HookOperation) => content !== undefined && example === undefined;
  // If an example of JSON lines is a list, only the schema shows whether it is one row or all rows.
  const isRows = ({ content, example }: HookOperation) =>
    content !== undefined && kindOf(content.mediaType) === 'lines' && Array.isArray(example);
  // Loaded if an example is missing, and created once: both read the whole document.
  const tools = made.hooks.some((hook) => isWithout(hook) || isRows(hook) || requiredHeaders(hook).length > 0)
    ? await openMaker(api)
    : undefined;
  const writeXml = usesXml(api) ? (await import('../../../runtime/xml/index.ts')).writeXml : undefined;
  const hooks = made.hooks
    .map((hook) => (tools && isWithout(hook) ? withExample(api, hook, tools) : hook))
    .map((hook) => ({ ...hook, example: asSent(hook, writeXml, rowOf(hook, tools)) }));
  const headers = new Map(hooks.map((hook) => [hook, tools ? headersOf(hook, tools) : {}] as const));
  const text = mswText(api, chooseNames(api).prefix, { hooks, headers }, made.msw);
  return [{ path: 'src/msw.ts', text: documentExports(text, hookDocs(hooks)) }];
}

/** The key of a response in types. */
const keyOf = (status: string): string => (/^\d+$/.test(status) ? status : stringLiteral(status));

/** Orval's handlers with the paths, dispatch and examples of the real contract. */
function mswText(api: ApiData, prefix: string, { hooks, headers }: Answers, made: string): string {
  const types = hooks.map(
    ({ operation, typeName, status, declared }) =>
      `type ${typeName}Data = DeclaredBody<Ops[${stringLiteral(operation.operationId)}], ${keyOf(declared ?? `${status}`)}>;`,
  );
  // Orval derives the name of the list from the document's title, which is a placeholder.
  const named = made.replace(
    /export const get\w+Mock = \(\) => \[/,
    `/** A handler for each operation, which returns the contract's first example. */\nexport const get${prefix}Handlers = (): HttpHandler[] => [`,
  );
  // With `isolatedDeclarations`, TypeScript infers no type of an export.
  const typed = named
    .replace(/(options\?: RequestHandlerOptions,?\s*\)) => \{/g, '$1: HttpHandler => {')
    .replace(/import type \{\s*RequestHandlerOptions\s*\}/, 'import type { HttpHandler, RequestHandlerOptions }');
  return [
    banner(api),
    ...(hooks.some(isSequence) ? ["import { writeItems } from '@countersign/runtime/bodies';"] : []),
    ...(hooks.some(hasXmlParts) ? ["import { writeXml } from '@countersign/runtime/xml';"] : []),
    "import { type DeclaredBody, matches, respond } from '@countersign/runtime/msw';",
    "import { api, operations } from './operations.ts';",
    ...(api.int64 === 'string' ? ["import { byOperation } from './validators.ts';"] : []),
    "import type { operations as Ops } from './types.ts';",
    putResponses(api, { hooks, headers }, typed),
    'const contract = { operations, baseUrl: api.baseUrl };',
    ...types,
    '',
  ].join('\n');
}

/** An example in its media type, if that is not JSON: rows as lines, and described XML as text. */
function asSent(
  hook: HookOperation,
  writeXml: ((value: unknown, node: XmlNode) => string) | undefined,
  isRow: (value: unknown) => boolean,
): unknown {
  const { content, example } = hook;
  if (content === undefined || example === undefined) return example;
  const parts = partsOf(hook);
  // A text is a whole body, unless it is the example of one part, such as a file.
  if (parts && !(typeof example === 'string' && example.startsWith('--')))
    return multipartText(example, content.mediaType, parts, writeXml);
  if (typeof example === 'string') return example;
  if (kindOf(content.mediaType) === 'lines') return toRows(example, isRow).map(formatLine(content.mediaType)).join('');
  const root = responseOf(hook)?.xml?.[content.mediaType];
  return root && writeXml ? writeXml(example, root) : example;
}

/** Whether a value is valid as one row of JSON lines. */
function rowOf({ content }: HookOperation, tools: Maker | undefined): (value: unknown) => boolean {
  if (content === undefined || kindOf(content.mediaType) !== 'lines') return () => false;
  const validator = tools?.validators.at(content.pointer);
  return (value) => isValid(validator, value);
}

/** Parts as text: an example cannot contain bytes. */
function multipartText(example: unknown, mediaType: string, parts: PartsDescriptor, xml: PartTools['xml']): string {
  return writeParts(toPartList(example, parts), withBoundary(mediaType), parts, { ...(xml && { xml }) }).chunks.join(
    '',
  );
}

const withBoundary = (mediaType: string): string => `${mediaType}; boundary=countersign-example`;

/** In one pass over orval's code, because examples may contain any text. */
function putResponses(api: ApiData, { hooks, headers }: Answers, made: string): string {
  const missing = new Map(
    hooks.flatMap((hook) => [
      [pathOf(api, hook), matching(hook)],
      [JSON.stringify(placeholder(hook.identifier)), responderOf(api, hook)],
    ]),
  );
  const byPath = new Map(hooks.map((hook) => [pathOf(api, hook), hook]));
  let current: HookOperation | undefined;
  const text = made.replace(/http\.post\('[^']*', |HttpResponse\.json\(|"@@[^"]*@@"/g, (found) => {
    if (found === 'HttpResponse.json(')
      return `respond(${typeOf(current)}${furtherText(api, current, current && headers.get(current))})(`;
    current = byPath.get(found) ?? current;
    const replacement = missing.get(found);
    if (replacement === undefined) throw new Error(`orval's code holds ${found} more than once, or of itself`);
    missing.delete(found);
    return replacement;
  });
  if (missing.size > 0) throw new Error(`orval's code lacks ${[...missing.keys()].join(' and ')}`);
  // Our code creates the responses, so orval's imports for its own responses are removed.
  return text.replace(/(import \{[^}]*?)(?:,\s*HttpResponse\b|\bHttpResponse\s*,)/, '$1');
}

/** How orval writes the path of an operation. */
const pathOf = ({ provider }: ApiData, { identifier }: HookOperation): string =>
  `http.post('*/${provider}/${identifier}', `;

function typeOf(hook: HookOperation | undefined): string {
  if (hook?.content === undefined) return 'undefined';
  const { mediaType, parts } = hook.content;
  if (responseOf(hook)?.files?.includes(mediaType)) return stringLiteral('application/octet-stream');
  return stringLiteral(parts ? withBoundary(mediaType) : mediaType);
}

/** The responses of handlers: bodies, and the required headers of each operation. */
type Answers = {
  readonly hooks: readonly HookOperation[];
  readonly headers: ReadonlyMap<HookOperation, Readonly<Record<string, string>>>;
};

/**
 * Further arguments of `respond`: headers, the validators that write 64-bit integers held as text, and the function that writes
 * lists and streams of items.
 */
function furtherText(api: ApiData, hook: HookOperation | undefined, headers: Readonly<Record<string, string>> = {}) {
  const validators =
    api.int64 === 'string' && hook ? `byOperation[${stringLiteral(hook.operation.operationId)}]` : undefined;
  const items = hook && isSequence(hook) ? itemsText(hook) : undefined;
  const given = [
    Object.keys(headers).length > 0 || validators || items ? literal(headers) : undefined,
    validators ?? (items && 'undefined'),
    items,
    // They share the validator of the list.
    validators && items && hook && partsOf(hook)?.stream === undefined && partsOf(hook) ? "'list'" : undefined,
  ];
  return given.map((text) => (text ? `, ${text}` : '')).join('');
}

/** Whether a response is a sequence of items: JSON lines, server-sent events or parts by position. */
const isSequence = ({ content }: HookOperation): boolean =>
  content !== undefined && (content.parts !== undefined || ['lines', 'events'].includes(kindOf(content.mediaType)));

/** The declared response that a handler sends. */
const responseOf = ({ operation, declared }: HookOperation): OperationDescriptor['responses'][number] | undefined =>
  operation.descriptor.responses.find(({ status }) => status === declared);

const partsOf = (hook: HookOperation): PartsDescriptor | undefined =>
  responseOf(hook)?.parts?.[hook.content?.mediaType ?? ''];

const hasXmlParts = (hook: HookOperation): boolean => isSequence(hook) && holdsXml(undefined, partsOf(hook));

function itemsText(hook: HookOperation): string {
  const { mediaType = '', events } = hook.content ?? {};
  const parts = partsOf(hook);
  const items = [
    ...(events ? [`events: ${literal(events)}`] : []),
    ...(parts ? [`parts: ${literal(parts)}`] : []),
    ...(holdsXml(undefined, parts) ? ['xml: writeXml'] : []),
  ];
  const given = items.length > 0 ? `, { ${items.join(', ')} }` : '';
  return `(value) => writeItems(value, ${stringLiteral(mediaType)}${given})`;
}

function requiredHeaders({ operation, declared }: HookOperation) {
  const success = operation.responses.find((response) => response.status === declared);
  return (success?.headers ?? []).filter(({ required, name }) => required && !FRAMING.test(name));
}

/** A generated value for each required header. */
function headersOf(hook: HookOperation, { make }: Maker): Readonly<Record<string, string>> {
  return Object.fromEntries(
    requiredHeaders(hook).map(({ name, schema, json, explode }) => {
      const wanted = { type: 'object', required: [name], properties: { [name]: schema } };
      const { value } = make({ schema: wanted, direction: 'response' });
      return [name, headerText((value as Readonly<Record<string, unknown>>)[name], { json, explode })];
    }),
  );
}

/** Style `simple` (OpenAPI 3.1.1, section 4.8.12.3). */
function headerText(
  value: unknown,
  { json, explode }: { json?: true | undefined; explode?: true | undefined },
): string {
  if (json) return JSON.stringify(value);
  if (Array.isArray(value)) return value.map(String).join(',');
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, member]) => `${name}${explode ? '=' : ','}${String(member)}`)
    .join(',');
}

type Maker = Awaited<ReturnType<typeof openMaker>>;

async function openMaker({ descriptor, document }: ApiData) {
  const [{ createMakeUp }, { createValidators }, { createValueMaker }] = await Promise.all([
    import('../../../runtime/mock/make-up.ts'),
    import('../../../runtime/mock/validators.ts'),
    import('../../../runtime/values/index.ts'),
  ]);
  return {
    makeUp: createMakeUp({ api: descriptor, document }),
    validators: createValidators(document, 'response'),
    make: createValueMaker(document),
  };
}

/** If the document has no example of a success, one is generated from its schema. */
function withExample(api: ApiData, hook: HookOperation, { makeUp, validators }: Maker): HookOperation {
  const { operation, content, status } = hook;
  if (content === undefined) return hook;
  const { mediaType, pointer } = content;
  const isJson = kindOf(mediaType) === 'json' && atPointer(api.document, pointer) !== undefined;
  const validator = isJson ? { [mediaType]: validators.at(pointer) } : {};
  const example = makeUp(
    { descriptor: operation.descriptor, validators: { responses: { [status]: validator } } },
    { status: String(status), mediaType, pointer, code: undefined },
    undefined,
  );
  return { ...hook, example };
}

function matching({ operation, identifier }: HookOperation): string {
  const { method } = operation.descriptor;
  const matcher = `matches(operations[${stringLiteral(identifier)}], contract)`;
  if (MSW_METHODS.has(method)) return `http.${method.toLowerCase()}(${matcher}, `;
  return `http.all((info) => info.request.method === ${stringLiteral(method)} && ${matcher}(info), `;
}

/** Methods with a handler in MSW. A handler of all methods compares any other. */
const MSW_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']);

/** An example may have properties that the schema allows and the type does not name. */
function responderOf(api: ApiData, { typeName, example, content }: HookOperation): string {
  return `${example === undefined ? 'undefined' : exampleText(api, example, content)} as unknown as ${typeName}Data`;
}

/**
 * An example as code. Its 64-bit integers have the type that the configuration chooses. Events are written as they are
 * sent.
 */
function exampleText(api: ApiData, example: unknown, content: HookOperation['content']): string {
  const { events } = content ?? {};
  if (events && Array.isArray(example))
    return literal(example.map((event: unknown) => formatEvent(event, events)).join(''));
  const schema = api.int64 && content && atPointer(api.document, content.pointer);
  if (!api.int64 || !isSchemaObject(schema)) return literal(example);
  return defaultText(example, schema, api.int64, schemaResources(api).resolve);
}
