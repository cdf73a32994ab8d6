import type { NormalizedProblem } from '@redocly/openapi-core';
import type { Diagnostic, Position } from '../common/diagnostics/diagnostic.ts';
import { isObject } from '../common/document/pointer.ts';
import { didYouMean } from '../common/text/nearest.ts';
import { helpFor, helpForVersion } from './help.ts';
import { helpForStruct } from './help-for-struct.ts';
import { unmarked } from './hidden-refs.ts';
import type { Location } from './rule.ts';
import { isWrongKind } from './wrong-kind.ts';

/** Where a JSON Pointer of a file was written. */
export type Locate = (file: string, pointer: string, on: 'key' | 'value') => Position;

/** The value at a JSON Pointer of a file, as it is written. */
export type ValueAt = (file: string, pointer: string) => unknown;

/** Redocly's problems as ours. */
export function toDiagnostics(
  problems: readonly NormalizedProblem[],
  locate: Locate,
  valueAt: ValueAt = () => undefined,
): Diagnostic[] {
  return problems.map((problem) => {
    const code = problem.ruleId.replace(/^countersign\//, '');
    const place = problem.location[0];
    const pointer = unmarked((place?.pointer ?? '').replace(/^#\/?/, '/')).replace(/^\/$/, '');
    const own: unknown = Reflect.get(problem, 'help');
    const file = place?.source.absoluteRef ?? '';
    const at = locate(file, pointer, place?.reportOnKey ? 'key' : 'value');
    const value = code === 'struct' ? valueAt(file, pointer) : undefined;
    const { message, suggest } = problem;
    const help =
      typeof own === 'string'
        ? own
        : (helpForEmpty(code, message) ??
          helpForVersion(code, message, pointer) ??
          (code === 'struct' ? helpForStruct({ message, suggest, pointer, value }) : undefined) ??
          `${suggestion(suggest)}${undefinedScheme(code, message, valueAt('', SCHEMES))}${helpFor(code)}`);
    return {
      severity: problem.severity === 'error' || isWrongKind(problem) ? 'error' : 'warning',
      code,
      message:
        unmarked(plainer(message)) + received(message, value) + otherPlace(Reflect.get(problem, 'first'), at, locate),
      help: unmarked(help),
      at,
      pointer,
    };
  });
}

/**
 * The help for an empty value. An empty schema accepts any value, but an object of another type needs its own fields.
 */
function helpForEmpty(code: string, message: string): string | undefined {
  const expected = code === 'struct' ? EMPTY.exec(message)?.[1] : undefined;
  if (expected === undefined) return undefined;
  return /^`Schema`/.test(expected)
    ? 'Write `{}` for a schema that accepts any value, or remove the key.'
    : 'Write the value after the key, or remove the key.';
}

/** The place of the first of two duplicates. A path item that two paths refer to is one place. */
function otherPlace(first: Location | undefined, at: Position, locate: Locate): string {
  if (first === undefined) return '';
  const { file, line, column } = locate(first.source.absoluteRef, first.pointer.replace(/^#/, ''), 'key');
  const same = file === at.file && line === at.line && column === at.column;
  return same ? ' Two paths refer to it.' : ` The other one is at ${file}:${line}:${column}.`;
}

const EMPTY = /^Expected type (`.*) but got `null`\.?$/;

/** In YAML, an empty value is null, although the file does not contain that word. */
function plainer(message: string): string {
  return message.replace(EMPTY, 'The value is empty. Expected $1.');
}

/** Only for a choice of values. Long texts are cut. */
const received = (message: string, value: unknown): string =>
  /can be one of the following only/.test(message) && typeof value !== 'object' && value !== undefined
    ? ` Received ${JSON.stringify(value).slice(0, 60)}.`
    : '';

const SCHEMES = '/components/securitySchemes';

/** The name of a scheme that is similar to one that does not exist. */
function undefinedScheme(code: string, message: string, schemes: unknown): string {
  const name = code === 'security-defined' ? /^There is no `(.+)` security scheme/s.exec(message)?.[1] : undefined;
  return name === undefined || !isObject(schemes) ? '' : didYouMean(name, Object.keys(schemes));
}

function suggestion(suggest: readonly string[]): string {
  return suggest.length === 0 || suggest.length > 3
    ? ''
    : `Did you mean ${suggest.map((name) => `\`${name}\``).join(' or ')}? `;
}
