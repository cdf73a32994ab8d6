import { formatProblem } from '../format.ts';
import { isMultipleOf } from '../multiple.ts';
import type { Keywords } from '../node.ts';
import { refuse, type Scope } from '../scope.ts';

type Check = (value: number, scope: Scope) => void;

/** Keywords for numbers. */
export function numberKeywords(keywords: Keywords): readonly Check[] {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum, multipleOf, format } = keywords;
  const checks: Check[] = [];
  const add = (holds: (value: number) => boolean, message: string) => {
    checks.push((value, scope) => {
      if (!holds(value)) refuse(scope, message, value);
    });
  };
  if (minimum !== undefined) add((value) => value >= minimum, `Too small: expected number to be >=${minimum}`);
  if (exclusiveMinimum !== undefined) {
    add((value) => value > exclusiveMinimum, `Too small: expected number to be >${exclusiveMinimum}`);
  }
  if (maximum !== undefined) add((value) => value <= maximum, `Too big: expected number to be <=${maximum}`);
  if (exclusiveMaximum !== undefined) {
    add((value) => value < exclusiveMaximum, `Too big: expected number to be <${exclusiveMaximum}`);
  }
  if (multipleOf !== undefined) {
    add((value) => isMultipleOf(value, multipleOf), `Invalid number: must be a multiple of ${multipleOf}`);
  }
  if (format?.type === 'number') {
    checks.push((value, scope) => {
      if (!format.test(value)) refuse(scope, formatProblem(format, value), value);
    });
  }
  return checks;
}
