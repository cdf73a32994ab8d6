import type { CST } from 'yaml';

/** Offset of the first map or list that is nested deeper than `limit`, found without recursion. */
export function tooDeepAt(token: CST.Token, limit: number): number | undefined {
  const open: { readonly token: CST.Token; readonly depth: number }[] = [{ token, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { token: current, depth } = next;
    if (current.type === 'document') {
      if (current.value) open.push({ token: current.value, depth });
    } else if ('items' in current) {
      if (depth + 1 > limit) return current.offset;
      for (const item of current.items) {
        if (item.key) open.push({ token: item.key, depth: depth + 1 });
        if (item.value) open.push({ token: item.value, depth: depth + 1 });
      }
    }
  }
  return undefined;
}
