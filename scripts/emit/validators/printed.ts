import { objectText, type Printed, type Printer } from './printer.ts';

/** An object of expressions, and its type. */
export function printMembers(members: readonly (readonly [name: string, value: Printed])[]): Printed {
  return {
    text: objectText(members.map(([name, { text }]) => [name, text])),
    type: objectText(members.map(([name, { type }]) => [name, type])),
  };
}

/** The type of a zod schema whose input and output have the same type. */
export function exactType(type: string, printer: Printer): string {
  return `${printer.use('Exact')}<${type}>`;
}
