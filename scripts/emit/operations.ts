import { docComment, keyLiteral, literal } from '../literal.ts';
import type { Api, File } from '../model/types.ts';
import { render } from '../render.ts';
import { banner } from './banner.ts';
import { layout } from './layout.ts';

/** `operations.ts`: what the runtime needs to know, as data; one constant each, so that a bundler can drop the rest. */
export function emitOperations(api: Api): readonly File[] {
  // Only a server hides values by their names; a client would carry the list for nothing.
  const { secretNames: _, ...descriptor } = api.descriptor;
  const operations = api.operations.map((operation) => ({
    identifier: operation.identifier,
    doc: docComment([operation.summary], operation.deprecated ? ['@deprecated'] : []),
    descriptor: literal(operation.descriptor),
    entry:
      keyLiteral(operation.identifier) === operation.identifier
        ? operation.identifier
        : `${keyLiteral(operation.identifier)}: ${operation.identifier}`,
  }));
  return [
    {
      path: 'src/operations.ts',
      text: layout(render('operations.ts', { banner: banner(api), api: literal(descriptor), operations })),
      formatted: true,
    },
  ];
}
