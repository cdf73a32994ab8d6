import { literal } from '../../common/text/literal.ts';
import { objectText, type Printer, unitOf } from './printer.ts';

/** `extensions`, for the server alone, which so leaves nothing out of what extends a schema; nothing where none is extended. */
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
  const comment = '/** Schemas that others extend, and what each value of their discriminator stands for. */';
  const type = `readonly ${printer.use('Extension')}[]`;
  return [`${comment}\nexport const extensions: ${type} = /* @__PURE__ */ (() => [${entries.join(', ')}])();`];
}
