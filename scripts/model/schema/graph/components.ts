/** Nodes that reach each other. */
export type Component<Node> = { readonly members: readonly Node[]; readonly recursive: boolean };

type Frame<Node> = { readonly node: Node; readonly next: readonly Node[]; position: number };

/** Strongly connected components, each after those that it leads to (Tarjan 1972, without recursion). */
export function components<Node>(
  nodes: readonly Node[],
  nextOf: (node: Node) => readonly Node[],
): readonly Component<Node>[] {
  const found: Component<Node>[] = [];
  const index = new Map<Node, number>();
  const low = new Map<Node, number>();
  const stack: Node[] = [];
  const onStack = new Set<Node>();
  const frames: Frame<Node>[] = [];

  const lower = (node: Node, to: number) => low.set(node, Math.min(low.get(node) ?? to, to));
  const enter = (node: Node) => {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    stack.push(node);
    onStack.add(node);
    frames.push({ node, next: nextOf(node), position: 0 });
  };
  const leave = ({ node, next }: Frame<Node>) => {
    frames.pop();
    const outer = frames.at(-1);
    if (outer !== undefined) lower(outer.node, low.get(node) ?? 0);
    if (low.get(node) !== index.get(node)) return;
    const members = stack.splice(stack.lastIndexOf(node));
    for (const member of members) onStack.delete(member);
    found.push({ members, recursive: members.length > 1 || next.includes(node) });
  };

  for (const root of nodes) {
    if (!index.has(root)) enter(root);
    for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
      const node = frame.next[frame.position];
      frame.position += 1;
      if (node === undefined) leave(frame);
      else if (!index.has(node)) enter(node);
      else if (onStack.has(node)) lower(frame.node, index.get(node) ?? 0);
    }
  }
  return found;
}
