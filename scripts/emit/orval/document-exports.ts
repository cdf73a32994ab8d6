import { docComment } from '../../common/text/literal.ts';
import type { HookOperation } from './describe.ts';

/** The docstring of each name that orval's modules export for the operations. */
export function hookDocs(hooks: readonly HookOperation[]): ReadonlyMap<string, string> {
  return new Map(hooks.flatMap(docsOf));
}

function docsOf({ operation, identifier, hookName, reads }: HookOperation): readonly (readonly [string, string])[] {
  const call = `\`${identifier}\``;
  const { method, path, webhook } = operation.descriptor;
  const kind = reads ? 'Query' : 'Mutation';
  const request = webhook ? '' : ` (${method} ${path})`;
  const described = [operation.summary, operation.description];
  return [
    [`use${hookName}`, docComment([...described, `${kind} hook of TanStack Query for ${call}${request}.`])],
    [`create${hookName}`, docComment([...described, `${kind} of TanStack Query for ${call}${request}.`])],
    [`use${hookName}${kind}Options`, docComment([`Options for ${call}, with its key and its function.`])],
    [`use${hookName}Hook`, docComment([`Returns a function that calls ${call} with the client from context.`])],
    [`get${hookName}${kind}Key`, docComment([`The ${kind.toLowerCase()} key of ${call}.`])],
    [`${hookName}${kind}Result`, docComment([`Data of a successful ${call}.`])],
    [`${hookName}${kind}Error`, docComment([`Errors of ${call}.`])],
    [`${hookName}${kind}Body`, docComment([`Input of ${call}.`])],
    [`${hookName}${kind}Variables`, docComment([`Variables of the mutation ${call}.`])],
    [`get${hookName}ResponseMock`, docComment([`The contract's first example of a response of ${call}.`])],
    [`get${hookName}MockHandler`, docComment([...described, `MSW handler for ${call}${request}.`])],
  ];
}

/** Puts a docstring before each export that has one; orval indents some. */
export function documentExports(text: string, docs: ReadonlyMap<string, string>): string {
  return text.replace(/^[ \t]*export (?:const|function|type) ([^\s<=:(]+)/gm, (declaration, name: string) => {
    const doc = docs.get(name);
    return doc === undefined ? declaration : `${doc}\n${declaration}`;
  });
}
