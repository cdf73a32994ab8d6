/** The end of a report whose errors kept a command from writing. */
export const NOTHING_WRITTEN = 'nothing was written';

/** Commands that write every file or none. Others only read and report, or write file by file. */
const WRITERS = new Set(['generate', 'docs', 'init', 'add']);

/** How the report of an error ends, by the arguments of the command line; undefined if the command writes nothing. */
export function nothingWritten([command = '', ...flags]: readonly string[]): string | undefined {
  if (command === 'release') return 'nothing was published';
  return WRITERS.has(command) && !flags.includes('--check') ? NOTHING_WRITTEN : undefined;
}
