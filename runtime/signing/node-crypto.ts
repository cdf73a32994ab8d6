/** The module `node:crypto`, where the platform has it. */
export type NodeCrypto = ReturnType<typeof import('node:process').getBuiltinModule<'node:crypto'>>;

let found: NodeCrypto | null | undefined;

/**
 * Node's own hashing where the engine has it (Node, Bun, Deno), null elsewhere.
 * Asked for at run time, so that a bundle for a browser needs no stand-in, and late, so that it can be shaken out.
 */
export function nodeCrypto(): NodeCrypto | null {
  if (found === undefined) found = globalThis.process?.getBuiltinModule?.('node:crypto') ?? null;
  return found;
}
