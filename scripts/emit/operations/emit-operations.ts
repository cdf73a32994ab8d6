import type { OperationDescriptor } from '@countersign/runtime/contract';
import { render } from '../../common/templates/render.ts';
import { docComment, keyLiteral, literal, stringLiteral } from '../../common/text/literal.ts';
import { layout } from '../../format/layout/index.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { chooseNames } from '../views/naming.ts';
import { viewOperations } from '../views/operation-views.ts';
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
  const view = { banner: banner(api), api: literal(descriptor), constants, operations };
  const text = `${layout(render('operations/operations.ts', view))}\n${describedOperations(api)}`;
  return [{ path: 'src/operations.ts', text, formatted: true }];
}

/**
 * The interface with the description of each operation. Editors show it at each call and handler: the interfaces of
 * client and server extend it. Mapped types or redeclared properties would hide it in the editor of TypeScript 7.
 */
function describedOperations(api: Api): string {
  const naming = chooseNames(api);
  const operations = viewOperations(api, naming).map(({ identifier, doc }) => ({
    identifier,
    doc,
    name: stringLiteral(identifier),
  }));
  return render('operations/described.ts', { prefix: naming.prefix, operations });
}
