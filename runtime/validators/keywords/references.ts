import type { Keywords, Node } from '../node.ts';
import type { Compile, DynamicScope, Run } from '../scope.ts';

/** `$ref` and `$dynamicRef`. */
export function references(keywords: Keywords, compile: Compile): Run[] {
  const runs: Run[] = [];
  if (keywords.$ref !== undefined) runs.push(compile(keywords.$ref));
  if (keywords.$dynamicRef !== undefined) {
    const { anchor, otherwise } = keywords.$dynamicRef;
    const targets = new Map<Node, Run>();
    runs.push((value, scope) => {
      const target = outermost(scope.dynamic, anchor) ?? otherwise;
      let run = targets.get(target);
      if (run === undefined) {
        run = compile(target);
        targets.set(target, run);
      }
      return run(value, scope);
    });
  }
  return runs;
}

function outermost(dynamic: DynamicScope | undefined, anchor: string): Node | undefined {
  let found: Node | undefined;
  for (let scope = dynamic; scope !== undefined; scope = scope.outer) {
    if (Object.hasOwn(scope.anchors, anchor)) found = scope.anchors[anchor];
  }
  return found;
}
