import ts from 'typescript';

/** The interface `operations`. */
export type OperationsInterface = {
  readonly node: ts.InterfaceDeclaration;
  /** Puts the operations into the node, once they are all there. */
  readonly close: () => void;
};

/**
 * The interface that openapi-typescript adds each operation to. It makes the list of all of them anew for each, in time
 * that grows with their square; here each list is the one that comes, and all are put together at the end.
 */
export function createOperationsInterface(): OperationsInterface {
  const node = ts.factory.createInterfaceDeclaration(
    [ts.factory.createModifier(ts.SyntaxKind.ExportKeyword)],
    'operations',
    undefined,
    undefined,
    [],
  );
  const members: ts.TypeElement[] = [];
  Object.defineProperty(node, 'members', {
    configurable: true,
    get: () => [],
    set: (added: readonly ts.TypeElement[]) => members.push(...added),
  });
  return {
    node,
    close: () => void Object.defineProperty(node, 'members', { value: ts.factory.createNodeArray(members) }),
  };
}
