import type { OperationDescriptor } from '@countersign/runtime/contract';
import { render } from '../../common/templates/render.ts';
import { docComment, keyLiteral, literal } from '../../common/text/literal.ts';
import { layout } from '../../format/layout/index.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { shareParameters } from './shared-parameters.ts';

/** Other names in the scope of the module. */
const OWN_NAMES = ['api', 'operations', 'OperationDescriptor'];

/** The literal of a descriptor, with the given text of its parameters. */
function descriptorText(descriptor: OperationDescriptor, parameters: string): string {
  const members = Object.entries(descriptor).flatMap(([name, value]) =>
    value === undefined ? [] : [`${keyLiteral(name)}: ${name === 'parameters' ? parameters : literal(value)}`],
  );
  return `{ ${members.join(', ')} }`;
}

/** `operations.ts`: the data for the runtime, one constant each, so that a bundler can drop the rest. */
export function emitOperations(api: Api): readonly File[] {
  // Only a server hides values by their names. In a client's bundle the list would be dead weight.
  const { secretNames: _, ...descriptor } = api.descriptor;
  const taken = [...OWN_NAMES, ...api.operations.map(({ identifier }) => identifier)];
  const { constants, lists } = shareParameters(api.operations, taken);
  const operations = api.operations.map((operation, index) => ({
    identifier: operation.identifier,
    doc: docComment([operation.summary], operation.deprecated ? ['@deprecated'] : []),
    descriptor: descriptorText(operation.descriptor, lists[index] ?? '[]'),
    key: keyLiteral(operation.identifier),
    entry:
      keyLiteral(operation.identifier) === operation.identifier
        ? operation.identifier
        : `${keyLiteral(operation.identifier)}: ${operation.identifier}`,
  }));
  return [
    {
      path: 'src/operations.ts',
      text: layout(
        render('operations/operations.ts', { banner: banner(api), api: literal(descriptor), constants, operations }),
      ),
      formatted: true,
    },
  ];
}
