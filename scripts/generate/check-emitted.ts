import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import type { Emitter } from '../emit/emitter.ts';
import { safePathProblem } from '../emit/safe-path.ts';
import type { File } from '../model/types.ts';

type Problem = Pick<Diagnostic, 'code' | 'message' | 'help'>;

const problem = (message: string, help: string): Problem => ({ code: 'emitter-output', message, help });

/** Our own `package` and `readme` write these after all others. */
const RESERVED = ['package.json', 'README.md'];

/**
 * The errors in an emitter's result.
 *
 * @param taken the emitter of each existing path of the package
 */
export function checkEmitted(
  given: unknown,
  { entries = {} }: Emitter,
  taken: ReadonlyMap<string, string>,
): readonly Problem[] {
  if (!Array.isArray(given))
    return [problem('The emitter did not return a list of files.', 'Return `[{ path, text }]`.')];
  const broken = given.findIndex(
    (file: Partial<File> | null) => typeof file?.path !== 'string' || typeof file.text !== 'string',
  );
  if (broken !== -1)
    return [problem(`File ${broken} of the list has no path or no text.`, 'Return `[{ path, text }]` with strings.')];
  const files = given as readonly File[];
  const places = new Map([...taken, ...RESERVED.map((path) => [path, 'countersign'] as const)].map(asPlace));
  const problems = files.flatMap(({ path }) => {
    const found = safePathProblem(path) ?? claim(path, places);
    const help = 'Choose another path.';
    return found === undefined ? [] : [problem(`The emitter cannot write ${JSON.stringify(path)}. ${found}`, help)];
  });
  if (problems.length > 0 || files.length === 0) return problems;
  return Object.entries(entries)
    .filter(([, path]) => !files.some((file) => file.path === path))
    .map(([entry, path]) =>
      problem(
        `The entry \`${entry}\` points to ${path}, which the emitter did not write.`,
        'Write the file, or remove the entry.',
      ),
    );
}

/** Some file systems do not distinguish case. */
const asPlace = ([path, who]: readonly [string, string]) => [path.toLowerCase(), { path, who }] as const;

/** Reserves a path, or returns its owner: as the same file, as a folder, or as a file in place of a folder. */
function claim(path: string, places: Map<string, { readonly path: string; readonly who: string }>): string | undefined {
  const place = path.toLowerCase();
  for (const [other, { path: theirs, who }] of places) {
    if (other === place)
      return who === '' ? 'The emitter returned this path twice.' : `${theirs} is written by ${who}.`;
    if (other.startsWith(`${place}/`) || place.startsWith(`${other}/`)) return `${theirs} already has this path.`;
  }
  places.set(place, { path, who: '' });
  return undefined;
}
