import { literal, stringLiteral } from '../../literal.ts';
import type { ApiData } from '../../model/types.ts';
import { placeholder } from '../../run-orval.ts';
import { banner } from '../banner.ts';
import type { HookOperation } from './describe.ts';

/** Orval's handlers with the paths, dispatch and examples of the real contract. */
export function writeMswFile(api: ApiData, prefix: string, hooks: readonly HookOperation[], made: string): string {
  const types = hooks.map(
    ({ operation, typeName, status }) =>
      `type ${typeName}Data = DeclaredBody<Ops[${stringLiteral(operation.operationId)}], ${status}>;`,
  );
  let text = made;
  for (const hook of hooks) {
    const { operation, identifier, typeName, example } = hook;
    const method = operation.descriptor.method.toLowerCase();
    const path = `http.post('*/${api.provider}/${identifier}', `;
    const key = `operations[${stringLiteral(identifier)}]`;
    text = replaceOnce(text, path, `http.${method}(matches(${key}), `);
    // An example may have members that the schema allows and the type does not know.
    const value = example === undefined ? 'undefined' : literal(example);
    const typed = `${value} as unknown as ${typeName}Data`;
    text = replaceOnce(text, JSON.stringify(placeholder(identifier)), () => typed);
  }
  // Its own name for the list is made of a title that it never saw.
  text = text.replace(
    /export const get\w+Mock = \(\) => \[/,
    `/** A handler for each operation; it answers the contract's first example. */\nexport const get${prefix}Handlers = () => [`,
  );
  return [
    banner(api),
    "import { type DeclaredBody, matches } from '@countersign/runtime/msw';",
    "import { operations } from './operations.ts';",
    "import type { operations as Ops } from './types.ts';",
    text,
    ...types,
    '',
  ].join('\n');
}

function replaceOnce(text: string, from: string, to: string | (() => string)): string {
  const parts = text.split(from);
  if (parts.length !== 2)
    throw new Error(`orval's code holds ${JSON.stringify(from)} ${parts.length - 1} times, and not once`);
  return parts.join(typeof to === 'string' ? to : to());
}
