import type ts from 'typescript';
import type { Engine } from './engine/engine.ts';
import { MEMBER } from './transform.ts';

/** The interface `operations`. */
export type OperationsInterface = {
  readonly node: ts.InterfaceDeclaration;
  /** The operations that were added since the last call. */
  readonly take: () => readonly string[];
};

/**
 * The interface to which openapi-typescript adds each operation. It copies the list of all operations for each one, in
 * quadratic time. Here, each operation is printed when it is added, so that its nodes are freed.
 */
export function createOperationsInterface({
  ts: { factory, SyntaxKind },
  memberText,
}: Pick<Engine, 'ts' | 'memberText'>): OperationsInterface {
  const node = factory.createInterfaceDeclaration(
    [factory.createModifier(SyntaxKind.ExportKeyword)],
    'operations',
    undefined,
    undefined,
    [],
  );
  const texts: string[] = [];
  Object.defineProperty(node, 'members', {
    get: () => [],
    set: (added: readonly ts.TypeElement[]) => texts.push(...added.map((member) => memberText(member, MEMBER))),
  });
  return { node, take: () => texts.splice(0) };
}
