import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Diagnostic, InputError } from '../common/diagnostics/diagnostic.ts';
import type { UsedEmitter } from '../config/emitters.ts';
import { CONFIG_FILE, type LoadedConfig, readConfig } from '../config/index.ts';
import { written } from '../config/problem.ts';
import type { Workspace } from '../config/workspace.ts';
import type { Emitter } from '../emit/emitter.ts';
import type { Api, File } from '../model/types.ts';
import { checkEmitted } from './check-emitted.ts';

/** Files by emitters of other packages. */
export type MadeByOthers = {
  readonly files: readonly File[];
  /** Those that created files. */
  readonly emitters: readonly Emitter[];
};

let loaded: { readonly key: string; readonly config: Promise<LoadedConfig> } | undefined;

/** The configuration with its emitters, loaded once per thread: loaded code cannot be sent to another thread. */
export function loadEmitters({ root, revision }: Workspace): Promise<LoadedConfig> {
  const key = `${revision} ${root}`;
  if (loaded?.key !== key) loaded = { key, config: readConfig(root, revision) };
  return loaded.config;
}

/**
 * The files of the configuration's emitters for an API, checked and formatted like our own.
 *
 * @param own paths of the existing files of the package
 * @throws {InputError} naming the emitter, if one throws or returns an invalid file
 */
export async function emitByOthers(
  workspace: Workspace,
  api: Api,
  own: Iterable<string>,
  format: (files: readonly File[]) => Promise<readonly File[]>,
): Promise<MadeByOthers> {
  const { emitters, text } = await loadEmitters(workspace);
  const taken = new Map(Array.from(own, (path) => [path, 'countersign']));
  const files: File[] = [];
  const made: Emitter[] = [];
  for (const use of emitters?.of(api.provider) ?? []) {
    const refuse = async (problems: readonly Pick<Diagnostic, 'code' | 'message' | 'help'>[]): Promise<never> => {
      const { locateMember } = await import('../config/locate.ts');
      const at = locateMember(text, CONFIG_FILE, use.path);
      const who = `${written(use.path)}, the emitter \`${use.emitter.name}\`, for ${api.provider}`;
      throw new InputError(
        problems.map(({ message, ...rest }) => ({ severity: 'error', ...rest, message: `${who}: ${message}`, at })),
        new Map([[CONFIG_FILE, text]]),
      );
    };
    const given: unknown = await run(use, api).catch((error: unknown) => refuse([failure(error, workspace.root)]));
    const problems = checkEmitted(given, use.emitter, taken);
    if (problems.length > 0) await refuse(problems);
    const emitted = (given as readonly File[]).map(({ path, text }) => ({ path, text: withLineFeeds(text) }));
    for (const file of emitted) {
      taken.set(file.path, `the emitter \`${use.emitter.name}\``);
      files.push(...(await format([file]).catch((error: unknown) => refuse([unreadable(file, error)]))));
    }
    if (emitted.length > 0) made.push(use.emitter);
  }
  return { files, emitters: made };
}

const run = async ({ emitter, settings }: UsedEmitter, api: Api): Promise<unknown> => emitter.emit(api, settings);

const withLineFeeds = (text: string): string => `${text.replace(/\r\n?/g, '\n').replace(/\n+$/, '')}\n`;

/** A path or URL of a stack, with its line and column. */
const FRAME = /((?:file:\/\/)?\/[^\s()?]+)(?:\?[^\s:)]*)?:(\d+:\d+)/g;

/** Where an error was thrown, if the stack contains a file of the user. */
function failure(error: unknown, root: string): Pick<Diagnostic, 'code' | 'message' | 'help'> {
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const frames = [...stack.matchAll(FRAME)].map(([, path = '', place]) => {
    const file = path.startsWith('file:') ? fileURLToPath(path) : path;
    return { file: relative(root, file), place };
  });
  const thrown = frames.find(({ file }) => !/^\.\.|node_modules/.test(file));
  const where = thrown === undefined ? '' : ` (${thrown.file}:${thrown.place})`;
  const said = message.split('\n')[0] || 'The emitter threw an error without a message';
  const help = 'Fix the emitter, or remove it from the configuration.';
  return { code: 'emitter-failed', message: `${said}${where}`, help };
}

function unreadable({ path }: File, error: unknown): Pick<Diagnostic, 'code' | 'message' | 'help'> {
  const [first = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  const help = 'Fix the emitter. Write every string of a spec with `literal`.';
  return { code: 'emitter-output', message: `${path} is not valid TypeScript: ${first}`, help };
}
