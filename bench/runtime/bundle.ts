import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** The providers whose clients a browser may load. */
export const PROVIDERS = ['dicey-fun', 'plattr', 'hive', 'dailyplay', 'moonpacket'] as const;

/** Bytes that a page loads to create a client. */
export const LIMIT = 9_000;
/** The same for a caller with one operation of an API. */
export const ONE_LIMIT = 5_000;

/** Chunks that are loaded together. */
export type Chunks = {
  readonly text: string;
  /** Sum of the chunks, each compressed with brotli. */
  readonly bytes: number;
  /** Paths of the modules that contribute code, relative to the repository's root. */
  readonly inputs: readonly string[];
};

export type Bundle = {
  /** The code that a page loads to create the client. */
  readonly first: Chunks;
  /** The code that the first call adds, without validators. */
  readonly call: Chunks;
  /** The provider's validators, which the first validated call adds. */
  readonly validators: Chunks;
  /** All chunks, also those that only some calls load. */
  readonly all: Chunks;
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A module, minified for a browser in chunks; zod stays an import. */
async function bundle(entry: Parameters<typeof build>[0]): Promise<Bundle> {
  const { outputFiles = [], metafile } = await build({
    ...entry,
    absWorkingDir: root,
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    // An import of a Node module fails the build here.
    platform: 'browser',
    external: ['zod'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const { outputs } = metafile as Metafile;
  const paths = Object.keys(outputs);
  const withModule = (end: string) => (path: string) =>
    Object.entries(outputs[path]?.inputs ?? {}).some(
      ([input, { bytesInOutput }]) => bytesInOutput && input.endsWith(end),
    );
  /** A chunk and its static imports. */
  const reach = (path: string, seen: Set<string>): Set<string> => {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const { kind, external, path: next } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement' && !external) reach(next, seen);
    return seen;
  };
  const chunks = (chosen: readonly string[]): Chunks => {
    const contents = chosen.map(
      (path) => outputFiles.find((file) => file.path.endsWith(path))?.contents ?? new Uint8Array(),
    );
    return {
      text: contents.map((bytes) => new TextDecoder().decode(bytes)).join('\n'),
      bytes: contents.reduce((sum, bytes) => sum + brotliCompressSync(bytes).length, 0),
      inputs: chosen.flatMap((path) =>
        Object.entries(outputs[path]?.inputs ?? {}).flatMap(([input, { bytesInOutput }]) =>
          bytesInOutput ? input : [],
        ),
      ),
    };
  };
  const reached = (from: readonly string[]) => [...from.reduce((seen, path) => reach(path, seen), new Set<string>())];
  const first = reached(paths.filter((path) => /^out\/(client|stdin)\.js$/.test(path)));
  /** The size that a chunk adds to the loaded chunks. */
  const added = (end: string, loaded: readonly string[]) =>
    reached(paths.filter(withModule(end))).filter((path) => !loaded.includes(path));
  const call = added('runtime/client/perform.ts', first);
  const validators = added('/src/validators.ts', [...first, ...call]);
  return {
    first: chunks(first),
    call: chunks(call),
    validators: chunks(validators),
    all: chunks(paths),
  };
}

/** One provider's generated client. */
export const bundleClient = (provider: string): Promise<Bundle> =>
  bundle({ entryPoints: { client: `generated/${provider}/src/client.ts` } });

/** A caller that sends one operation of an API with four security schemes and an envelope: `getMyScore` of Plattr. */
export const bundleOne = (): Promise<Bundle> =>
  bundle({
    stdin: {
      contents: `
        import { createCaller, handle } from '@countersign/runtime/client';
        import { api, getMyScore } from './operations.ts';
        export const call = (options, input) => createCaller({ api }, options).call(handle(getMyScore), input);`,
      resolveDir: `${root}/generated/plattr/src`,
      loader: 'ts',
    },
  });

/** Prints the size of each client; false if one exceeds its limit. */
export async function reportBundles(): Promise<boolean> {
  console.log('Client for a browser: minified, brotli, without zod.');
  console.log('Loaded to create it (limit), added by the first call, added by the first call that validates');
  let fine = true;
  const report = (name: string, limit: number, { first, call, validators }: Bundle) => {
    const figures = [first, call, validators].map(({ bytes }) => String(bytes).padStart(7)).join('');
    console.log(`  ${name.padEnd(24)}${figures} bytes (${limit})`);
    fine &&= first.bytes <= limit;
  };
  for (const provider of PROVIDERS) report(provider, LIMIT, await bundleClient(provider));
  report('one operation of plattr', ONE_LIMIT, await bundleOne());
  console.log('');
  return fine;
}
