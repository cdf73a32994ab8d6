import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** Parts of the runtime that a published package may be made of. */
export const RUNTIME_PARTS = ['client', 'contract', 'server', 'signing', 'validators'] as const;

/** Where the declarations of one part of the runtime are: emitted with ours here, shipped beside its code elsewhere. */
export type RuntimeTypes = { readonly [specifier: string]: string };

export type Declarations = {
  /** The emitted tree; it mirrors the workspace. */
  readonly folder: string;
  readonly runtime: RuntimeTypes;
  /** What the compiler has to say, one problem a line; empty when the types are sound. */
  readonly problems: readonly string[];
};

/** As the compiler is asked to read generated code; the user's own tsconfig.json has no say in what is published. */
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

/** The file that `@countersign/runtime/<part>` is for code in this workspace. */
export function findRuntime(root: string, part: string): string {
  const from = pathToFileURL(join(root, 'package.json'));
  return createRequire(from).resolve(`@countersign/runtime/${part}`);
}

/** Emits the declarations of all packages at once: one program, read once. */
export async function emitDeclarations(
  root: string,
  folders: readonly string[],
  into: string,
): Promise<Declarations> {
  const parts = RUNTIME_PARTS.map((part) => [`@countersign/runtime/${part}`, findRuntime(root, part)] as const);
  const written = parts.map(([, file]) => file).filter((file) => file.endsWith('.ts'));
  const folder = join(into, 'out');
  const config = {
    compilerOptions: { ...OPTIONS, rootDir: root, outDir: folder, typeRoots: [join(root, 'node_modules/@types')], types: ['node'] },
    include: [...folders.map((path) => join(path, 'src')), ...written],
    // Logic is no part of a package.
    exclude: folders.map((path) => join(path, 'src/handlers.ts')),
  };
  await mkdir(into, { recursive: true });
  await writeFile(join(into, 'tsconfig.json'), JSON.stringify(config));
  const compiler = fileURLToPath(new URL('./bin/tsc', import.meta.resolve('typescript-7/package.json')));
  const problems = await promisify(execFile)(process.execPath, [compiler, '-p', into], { maxBuffer: 1 << 26, cwd: root }).then(
    () => [],
    (error: { readonly stdout?: string; readonly message: string }) =>
      (error.stdout || error.message).split('\n').filter((line) => line !== ''),
  );
  const runtime = Object.fromEntries(
    parts.map(([name, file]) => [
      name,
      file.endsWith('.ts')
        ? join(folder, relative(root, dirname(file)), 'index.d.ts')
        : file.replace(/\.js$/, '.d.ts'),
    ]),
  );
  return { folder, runtime, problems };
}
