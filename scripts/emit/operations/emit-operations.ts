import { render } from '../../common/templates/render.ts';
import { docComment, keyLiteral, literal } from '../../common/text/literal.ts';
import { layout } from '../../format/layout/index.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';

/** `operations.ts`: the data for the runtime, one constant each, so that a bundler can drop the rest. */
export function emitOperations(api: Api): readonly File[] {
  // Only a server hides values by their names. In a client's bundle the list would be dead weight.
  const { secretNames: _, ...descriptor } = api.descriptor;
  const operations = api.operations.map((operation) => ({
    identifier: operation.identifier,
    doc: docComment([operation.summary], operation.deprecated ? ['@deprecated'] : []),
    descriptor: literal(operation.descriptor),
    key: keyLiteral(operation.identifier),
    entry:
      keyLiteral(operation.identifier) === operation.identifier
        ? operation.identifier
        : `${keyLiteral(operation.identifier)}: ${operation.identifier}`,
  }));
  return [
    {
      path: 'src/operations.ts',
      text: layout(render('operations/operations.ts', { banner: banner(api), api: literal(descriptor), operations })),
      formatted: true,
    },
  ];
}
