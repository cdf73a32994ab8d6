import ts from 'typescript';

/** The interface `operations`. */
export type OperationsInterface = {
  readonly node: ts.InterfaceDeclaration;
  /** Adds the operations to the node when all are known. */
  readonly close: () => void;
};

/**
 * The interface to which openapi-typescript adds each operation. It copies the list of all operations for each one, in
 * quadratic time. Here, the new list is collected, and all are joined at the end.
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
