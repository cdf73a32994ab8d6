import type { Diagnostic } from '../../common/diagnostics/diagnostic.ts';

/** How an error begins. Every other line, such as `  Type 'x' is not assignable to type 'y'.`, continues one. */
const START = /^(?:.+\(\d+,\d+\): )?error TS\d+: /;

/** What the compiler printed without colors, an error each. The lines of one error are joined to one line. */
export function splitErrors(printed: string): readonly string[] {
  const errors: string[] = [];
  for (const line of printed.split(/\r?\n/)) {
    const last = errors.pop();
    if (last === undefined) errors.push(line.trim());
    else if (START.test(line)) errors.push(last, line);
    else errors.push(`${last} ${line.trim()}`.trim());
  }
  return [...new Set(errors)].filter((error) => error !== '');
}

/** An error of the compiler: `file(line,column): error TS0000: message`, or without a place if it is about no file. */
export function typeProblem(error: string): Diagnostic {
  const [, file = 'tsc', line = 1, column = 1, said = error] = /^(.+?)\((\d+),(\d+)\): (.*)$/.exec(error) ?? [];
  return {
    severity: 'error',
    code: 'build-types',
    message: said.replace(/^error (?=TS\d+: )/, ''),
    help: 'Run `countersign generate`. If the error is in your plugin, fix the types there.',
    at: { file, line: Number(line), column: Number(column) },
  };
}
