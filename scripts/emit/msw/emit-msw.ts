import { kindOf } from '@countersign/runtime/contract';
import { literal, stringLiteral } from '../../common/text/literal.ts';
import { atPointer } from '../../model/reader.ts';
import type { ApiData, File } from '../../model/types.ts';
import type { HookOperation } from '../orval/describe.ts';
import { documentExports, hookDocs } from '../orval/document-exports.ts';
import { hookOutput } from '../orval/hook-output.ts';
import { placeholder } from '../orval/run-orval.ts';
import { banner } from '../views/banner.ts';
import { chooseNames } from '../views/naming.ts';

/** `msw.ts`: MSW handlers by orval. */
export async function emitMsw(api: ApiData): Promise<readonly File[]> {
  const made = await hookOutput(api);
  if (made === undefined) return [];
  const isWithout = ({ content, example }: HookOperation) => content !== undefined && example === undefined;
  // Loaded where an example is missing, and made once: both read the whole document.
  const tools = made.hooks.some(isWithout) ? await openMaker(api) : undefined;
  const hooks = tools ? made.hooks.map((hook) => (isWithout(hook) ? withExample(api, hook, tools) : hook)) : made.hooks;
  const text = mswText(api, chooseNames(api).prefix, hooks, made.msw);
  return [{ path: 'src/msw.ts', text: documentExports(text, hookDocs(hooks)) }];
}

/** Orval's handlers with the paths, dispatch and examples of the real contract. */
function mswText(api: ApiData, prefix: string, hooks: readonly HookOperation[], made: string): string {
  const types = hooks.map(
    ({ operation, typeName, status }) =>
      `type ${typeName}Data = DeclaredBody<Ops[${stringLiteral(operation.operationId)}], ${status}>;`,
  );
  // Its own name for the list is made of a title that it never saw.
  const named = made.replace(
    /export const get\w+Mock = \(\) => \[/,
    `/** A handler for each operation; it answers the contract's first example. */\nexport const get${prefix}Handlers = (): HttpHandler[] => [`,
  );
  // With `isolatedDeclarations`, TypeScript infers nothing that is exported.
  const typed = named
    .replace(/(options\?: RequestHandlerOptions,?\s*\)) => \{/g, '$1: HttpHandler => {')
    .replace(/import type \{\s*RequestHandlerOptions\s*\}/, 'import type { HttpHandler, RequestHandlerOptions }');
  return [
    banner(api),
    "import { type DeclaredBody, matches, respond } from '@countersign/runtime/msw';",
    "import { api, operations } from './operations.ts';",
    "import type { operations as Ops } from './types.ts';",
    putAnswers(api, hooks, typed),
    'const contract = { operations, baseUrl: api.baseUrl };',
    ...types,
    '',
  ].join('\n');
}

/** In one pass over orval's code, since examples hold any text. */
function putAnswers(api: ApiData, hooks: readonly HookOperation[], made: string): string {
  const missing = new Map(
    hooks.flatMap((hook) => [
      [pathOf(api, hook), matching(hook)],
      [JSON.stringify(placeholder(hook.identifier)), answering(hook)],
    ]),
  );
  const byPath = new Map(hooks.map((hook) => [pathOf(api, hook), hook]));
  let current: HookOperation | undefined;
  const text = made.replace(/http\.post\('[^']*', |HttpResponse\.json\(|"@@[^"]*@@"/g, (found) => {
    if (found === 'HttpResponse.json(') return `respond(${typeOf(current)})(`;
    current = byPath.get(found) ?? current;
    const replacement = missing.get(found);
    if (replacement === undefined) throw new Error(`orval's code holds ${found} more than once, or of itself`);
    missing.delete(found);
    return replacement;
  });
  if (missing.size > 0) throw new Error(`orval's code lacks ${[...missing.keys()].join(' and ')}`);
  // Responses are ours, so what orval imports for its own goes.
  return text.replace(/(import \{[^}]*?)(?:,\s*HttpResponse\b|\bHttpResponse\s*,)/, '$1');
}

/** How orval writes the path that it was told of an operation. */
const pathOf = ({ provider }: ApiData, { identifier }: HookOperation): string =>
  `http.post('*/${provider}/${identifier}', `;

const typeOf = (hook: HookOperation | undefined): string =>
  hook?.content === undefined ? 'undefined' : stringLiteral(hook.content.mediaType);

type Maker = Awaited<ReturnType<typeof openMaker>>;

async function openMaker({ descriptor, document }: ApiData) {
  const [{ createMakeUp }, { createValidators }] = await Promise.all([
    import('../../../runtime/mock/make-up.ts'),
    import('../../../runtime/mock/validators.ts'),
  ]);
  return {
    makeUp: createMakeUp({ api: descriptor, document }),
    validators: createValidators(document, 'response'),
  };
}

/** Where the document shows no success, one is made from its schema. */
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
  // MSW has a handler for each method but TRACE, which nobody can call.
  const method = operation.descriptor.method === 'TRACE' ? 'all' : operation.descriptor.method.toLowerCase();
  return `http.${method}(matches(operations[${stringLiteral(identifier)}], contract), `;
}

/** An example may have members that the schema allows and the type does not know. */
function answering({ typeName, example }: HookOperation): string {
  return `${example === undefined ? 'undefined' : literal(example)} as unknown as ${typeName}Data`;
}
