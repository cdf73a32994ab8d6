import type { Gateway } from '@countersign/runtime/mock';
import { terminalText } from '../../common/text/literal.ts';
import type { Output } from '../cli/output.ts';

const ORDER = ['create', 'list', 'read', 'replace', 'update', 'delete'];

/** Prints the role of each operation of providers without logic, and the number of operations that return examples. */
export async function announceRoles({ slots, memory }: Gateway, output: Output): Promise<void> {
  const { bold, dim } = output.colors;
  for (const slot of slots) {
    const loaded = await slot.get().catch(() => undefined);
    const own = memory(slot.name);
    if (!loaded) continue;
    if (!own) {
      output.out(`${bold(slot.name)} keeps state with its sandbox's logic.`);
      continue;
    }
    const { operations } = loaded.provider;
    const known = operations.flatMap(({ descriptor: { id, method, path } }) => {
      const role = own.roles.get(id);
      return role?.writable ? [{ id, method, path, role }] : [];
    });
    output.out(
      `${bold(slot.name)} keeps state by its paths:${known.length === 0 ? ' no operation was recognized.' : ''}`,
    );
    for (const [collection, same] of Map.groupBy(known, ({ role }) => role.collection)) {
      const id = same[0]?.role.ids[0] ?? 'id';
      output.out(`  ${terminalText(collection)}  by \`${terminalText(id)}\``);
      const sorted = same.toSorted((a, b) => ORDER.indexOf(a.role.action) - ORDER.indexOf(b.role.action));
      for (const { id: operation, method, path, role } of sorted)
        output.out(`    ${role.action.padEnd(8)}${terminalText(`${method.padEnd(7)}${path}  ${operation}`)}`);
    }
    const rest = operations.length - known.length;
    if (rest === 0) continue;
    const others = rest === 1 ? '1 other operation responds' : `${rest} other operations respond`;
    output.out(dim(`  ${others} from examples. Change this with \`x-cs-mock\`.`));
  }
}
