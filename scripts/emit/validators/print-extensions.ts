import { literal } from '../../common/text/literal.ts';
import { objectText, type Printer, unitOf } from './printer.ts';

/** The constant of a direction. */
export const extensionsName = ({ direction }: Printer): string =>
  direction === 'request' ? 'requestExtensions' : 'extensions';

/** `extensions`, for servers and for properties that requests omit. Empty if the contract extends no schema. */
export function printExtensions(printer: Printer): readonly string[] {
  const { extended } = printer.knowledge;
  if (extended.length === 0) return [];
  const entries = extended.flatMap(({ schema, property, choices }) => {
    const unit = unitOf(schema, printer);
    if (unit === undefined) return [];
    const named = [...choices].flatMap(([value, target]) => {
      const chosen = unitOf(target, printer);
      return chosen === undefined ? [] : [[value, printer.nameOf(chosen)] as const];
    });
    return [`[${printer.nameOf(unit)}, ${literal(property)}, ${objectText(named)}]`];
  });
  const comment = '/** Schemas that others extend, and the schema of each value of their discriminator. */';
  const type = `readonly ${printer.use('Extension')}[]`;
  return [
    `${comment}\nexport const ${extensionsName(printer)}: ${type} = /* @__PURE__ */ (() => [${entries.join(', ')}])();`,
  ];
}
