import { literal } from '../../common/text/literal.ts';
import type { JsonSchema } from '../../model/types.ts';
import type { TypeName } from '../types/expression.ts';
import { printExpression, type Style } from '../types/print-expression.ts';
import { typeOf } from '../types/schema-type.ts';
import type { Printer } from './printer.ts';

/** The TypeScript type of a schema in the printer's direction, the same as in `types.ts`. */
export function printType(schema: JsonSchema, printer: Printer): string {
  return printExpression(typeOf(schema, printer.types), styleOf(printer));
}

function styleOf({ useComponents }: Printer): Style {
  const nameText = ({ map, key }: TypeName): string => {
    useComponents();
    return `components['${map}'][${literal(key)}]`;
  };
  return { indent: undefined, quote: "'", nameText };
}
