import { literal, stringLiteral } from '../../common/text/literal.ts';
import type { ApiData, File } from '../../model/types.ts';
import type { HookOperation } from '../orval/describe.ts';
import { hookOutput } from '../orval/hook-output.ts';
import { placeholder } from '../orval/run-orval.ts';
import { banner } from '../views/banner.ts';
import { chooseNames } from '../views/naming.ts';

/** `msw.ts`: MSW handlers by orval. */
export async function emitMsw(api: ApiData): Promise<readonly File[]> {
  const made = await hookOutput(api);
  if (made === undefined) return [];
  return [{ path: 'src/msw.ts', text: mswText(api, chooseNames(api).prefix, made.hooks, made.msw) }];
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
    `/** A handler for each operation; it answers the contract's first example. */\nexport const get${prefix}Handlers = () => [`,
  );
  return [
    banner(api),
    "import { type DeclaredBody, matches } from '@countersign/runtime/msw';",
    "import { operations } from './operations.ts';",
    "import type { operations as Ops } from './types.ts';",
    putAnswers(api, hooks, named),
    ...types,
    '',
  ].join('\n');
}

/** In one pass over orval's code, since examples hold any text. */
function putAnswers(api: ApiData, hooks: readonly HookOperation[], made: string): string {
  const missing = new Map(
    hooks.flatMap((hook) => [
      [`http.post('*/${api.provider}/${hook.identifier}', `, matching(hook)],
      [JSON.stringify(placeholder(hook.identifier)), answering(hook)],
    ]),
  );
  const text = made.replace(/http\.post\('[^']*', |"@@[^"]*@@"/g, (found) => {
    const replacement = missing.get(found);
    if (replacement === undefined) throw new Error(`orval's code holds ${found} more than once, or of itself`);
    missing.delete(found);
    return replacement;
  });
  if (missing.size > 0) throw new Error(`orval's code lacks ${[...missing.keys()].join(' and ')}`);
  return text;
}

function matching({ operation, identifier }: HookOperation): string {
  // MSW has a handler for each method but TRACE, which nobody can call.
  const method = operation.descriptor.method === 'TRACE' ? 'all' : operation.descriptor.method.toLowerCase();
  return `http.${method}(matches(operations[${stringLiteral(identifier)}]), `;
}

/** An example may have members that the schema allows and the type does not know. */
function answering({ typeName, example }: HookOperation): string {
  return `${example === undefined ? 'undefined' : literal(example)} as unknown as ${typeName}Data`;
}
