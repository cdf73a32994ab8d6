import type { NormalizedProblem } from '@redocly/openapi-core';
import type { Diagnostic, Position } from '../common/diagnostics/diagnostic.ts';
import { helpFor, helpForVersion } from './help.ts';
import { unmarked } from './hidden-refs.ts';
import type { Location } from './rule.ts';
import { isWrongKind } from './wrong-kind.ts';

/** Where a JSON Pointer of a file was written. */
export type Locate = (file: string, pointer: string, on: 'key' | 'value') => Position;

/** Redocly's problems as ours. */
export function toDiagnostics(problems: readonly NormalizedProblem[], locate: Locate): Diagnostic[] {
  return problems.map((problem) => {
    const code = problem.ruleId.replace(/^countersign\//, '');
    const place = problem.location[0];
    const pointer = unmarked((place?.pointer ?? '').replace(/^#\/?/, '/')).replace(/^\/$/, '');
    const own: unknown = Reflect.get(problem, 'help');
    const at = locate(place?.source.absoluteRef ?? '', pointer, place?.reportOnKey ? 'key' : 'value');
    const help =
      typeof own === 'string'
        ? own
        : (helpForEmpty(code, problem.message) ??
          helpForVersion(code, problem.message, pointer) ??
          `${suggestion(problem.suggest)}${helpFor(code)}`);
    return {
      severity: problem.severity === 'error' || isWrongKind(problem) ? 'error' : 'warning',
      code,
      message: unmarked(plainer(problem.message)) + otherPlace(Reflect.get(problem, 'first'), at, locate),
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

function suggestion(suggest: readonly string[]): string {
  return suggest.length === 0 || suggest.length > 3
    ? ''
    : `Did you mean ${suggest.map((name) => `\`${name}\``).join(' or ')}? `;
}
