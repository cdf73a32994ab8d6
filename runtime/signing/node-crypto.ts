/** The module `node:crypto`, if the platform has it. */
export type NodeCrypto = ReturnType<typeof import('node:process').getBuiltinModule<'node:crypto'>>;

let found: NodeCrypto | null | undefined;

/**
 * Node's hashing functions if the engine has them (Node, Bun, Deno), otherwise null. It is resolved at run time, so
 * that a browser bundle needs no stub, and lazily, so that it can be tree-shaken.
 */
export function nodeCrypto(): NodeCrypto | null {
  if (found === undefined) found = globalThis.process?.getBuiltinModule?.('node:crypto') ?? null;
  return found;
}
