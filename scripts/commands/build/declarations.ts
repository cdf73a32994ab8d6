import { execFile } from 'node:child_process';
import { cp, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { splitErrors } from './compiler-errors.ts';

/** Parts of the runtime that a published package may contain. */
export const RUNTIME_PARTS = [
  'bodies',
  'client',
  'contract',
  'hooks',
  'msw',
  'oauth',
  'react',
  'server',
  'signing',
  'svelte',
  'validators',
  'vue',
  'xml',
] as const;

/** Emitted declarations of a workspace. */
export type Declarations = {
  /** The emitted tree. It mirrors the workspace. */
  readonly folder: string;
  /** Errors of the compiler, each in one line; empty if the types are valid. */
  readonly problems: readonly string[];
};

/** The compiler settings for generated code. The user's own tsconfig.json has no effect on what is published. */
const OPTIONS = {
  target: 'es2022',
  lib: ['es2024', 'esnext.disposable', 'dom', 'dom.iterable'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  jsx: 'react-jsx',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  declaration: true,
  emitDeclarationOnly: true,
};

/**
 * The source file of `@countersign/runtime/<part>` in this workspace.
 * @throws {InputError} if the package is not installed there
 */
function findRuntime(root: string, part: string): string {
  const from = pathToFileURL(join(root, 'package.json'));
  try {
    return createRequire(from).resolve(`@countersign/runtime/${part}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    const message = 'The package `@countersign/runtime`, which generated code imports, is not installed.';
    throw refusal('runtime-missing', message, 'npm install --save-dev @countersign/runtime', 'package.json');
  }
}

/** Emits the declarations of all packages in one program, so that sources are read once. */
export async function emitDeclarations(
  root: string,
  folders: readonly string[],
  into: string,
  missing: ReadonlySet<string> = new Set(),
): Promise<Declarations> {
  const parts = RUNTIME_PARTS.map((part) => findRuntime(root, part));
  // Folders, because the compiler emits nothing for files that it reaches through node_modules.
  const written = parts.filter((file) => file.endsWith('.ts')).map(dirname);
  const shipped = parts.filter((file) => !file.endsWith('.ts'));
  const include = [...folders.map((path) => join(path, 'src')), ...written];
  // Excludes logic, and the adapter for Node, whose types would need another peer dependency. Nothing else may be
  // excluded: whether the compiler emits declarations of files that are only imported varies between runs.
  const left = ['handlers.ts', ...[...missing].map((entry) => `${entry.slice(2)}*.ts`)];
  const exclude = [
    ...folders.flatMap((path) => left.map((name) => join(path, 'src', name))),
    ...written.filter((path) => basename(path) === 'server').map((path) => join(path, 'node.ts')),
  ];
  const { folder, problems } = await compile(root, into, include, exclude);
  // In other workspaces, the runtime is a package with declarations beside its code.
  const [first] = shipped;
  if (first !== undefined) await copyDeclarations(dirname(dirname(first)), join(folder, 'runtime'));
  await pointAtRuntime(folder);
  return { folder, problems };
}

/** Emits the declarations of whole folders below `root` into a tree that mirrors it. */
export async function compile(
  root: string,
  into: string,
  include: readonly string[],
  exclude: readonly string[],
  target: string = OPTIONS.target,
): Promise<Declarations> {
  const folder = join(into, 'out');
  const compilerOptions = {
    ...OPTIONS,
    target,
    rootDir: root,
    outDir: folder,
    typeRoots: [join(root, 'node_modules/@types')],
    types: ['node'],
  };
  await mkdir(into, { recursive: true });
  await writeFile(join(into, 'tsconfig.json'), JSON.stringify({ compilerOptions, include, exclude }));
  const compiler = fileURLToPath(new URL('./bin/tsc', import.meta.resolve('typescript-7/package.json')));
  const options = { maxBuffer: 1 << 26, cwd: root };
  const problems = await promisify(execFile)(process.execPath, [compiler, '-p', into], options).then(
    () => [],
    (error: { readonly stdout?: string; readonly message: string }) => splitErrors(error.stdout || error.message),
  );
  return { folder, problems };
}

async function copyDeclarations(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    filter: async (path) => path.endsWith('.d.ts') || (await stat(path)).isDirectory(),
  });
}

const SPECIFIER = /(\bfrom |\bimport\()'([^']+)'|(\bfrom |\bimport\()"([^"]+)"/g;

/**
 * Rewrites every import so that the bundler of declarations inlines it: `@countersign/runtime/<part>` becomes a
 * relative path, and `./file.ts` becomes the emitted `./file.d.ts`.
 */
async function pointAtRuntime(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replaceAll(
        SPECIFIER,
        (_, before, id, before2, id2) => `${before ?? before2}'${point(id ?? id2, file, folder)}'`,
      ),
    );
  }
}

function point(specifier: string, file: string, folder: string): string {
  if (specifier.startsWith('.')) return specifier.replace(/(\.d)?\.(ts|tsx|js)$/, '.d.ts');
  const part = /^@countersign\/runtime\/(.+)$/.exec(specifier)?.[1];
  if (part === undefined) return specifier;
  const way = relative(dirname(file), join(folder, 'runtime', part, 'index.d.ts'))
    .split(sep)
    .join('/');
  return way.startsWith('.') ? way : `./${way}`;
}
