import type ts from 'typescript';
import type { Engine } from './engine/engine.ts';

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
export function createOperationsInterface({
  ts: { factory, SyntaxKind },
  settle,
}: Pick<Engine, 'ts' | 'settle'>): OperationsInterface {
  const node = factory.createInterfaceDeclaration(
    [factory.createModifier(SyntaxKind.ExportKeyword)],
    'operations',
    undefined,
    undefined,
    [],
  );
  const members: ts.TypeElement[] = [];
  Object.defineProperty(node, 'members', {
    configurable: true,
    get: () => [],
    set: (added: readonly ts.TypeElement[]) => members.push(...added.map(settle)),
  });
  return {
    node,
    close: () => void Object.defineProperty(node, 'members', { value: factory.createNodeArray(members) }),
  };
}
