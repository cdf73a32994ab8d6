import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

/** The providers whose clients a browser may load. */
export const PROVIDERS = ['dicey-fun', 'plattr', 'hive', 'dailyplay', 'moonpacket'] as const;

/** Bytes of a client's first chunk. */
export const LIMIT = 12_000;

export type Chunk = {
  readonly text: string;
  /** Brotli. */
  readonly bytes: number;
  /** Paths of the modules with any code in it, from the repository's root. */
  readonly inputs: readonly string[];
};

export type Bundle = {
  /** What is loaded before the first call. */
  readonly first: Chunk;
  /** What the first call that validates loads: the provider's validators. */
  readonly later: readonly Chunk[];
};

const root = fileURLToPath(new URL('../..', import.meta.url));

/** One provider's generated client, minified for a browser; zod stays an import. */
export async function bundleClient(provider: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: { client: `generated/${provider}/src/client.ts` },
    absWorkingDir: root,
    outdir: 'out',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    // A module of Node's fails the build here.
    platform: 'browser',
    external: ['zod'],
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const chunks = Object.entries(metafile.outputs).map(([path, { inputs }]) => {
    const contents = outputFiles.find((file) => file.path.endsWith(path))?.contents ?? new Uint8Array();
    const used = Object.entries(inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    return {
      path,
      text: new TextDecoder().decode(contents),
      bytes: brotliCompressSync(contents).length,
      inputs: used.map(([input]) => input),
    };
  });
  const first = chunks.find(({ path }) => path === 'out/client.js');
  if (!first) throw new Error(`No client of ${provider}`);
  const others = chunks.filter((chunk) => chunk !== first);
  // Chunks that it imports outright are loaded with it.
  const stated = metafile.outputs['out/client.js']?.imports.filter(({ kind }) => kind === 'import-statement') ?? [];
  if (stated.some(({ external }) => !external)) throw new Error('The first chunk is in parts');
  return { first, later: others };
}

/** Prints the size of each client; false if one exceeds its limit. */
export async function reportBundles(): Promise<boolean> {
  console.log(
    `Client for a browser: minified, brotli, without zod. Loaded first (limit ${LIMIT}), by the first call, both`,
  );
  let fine = true;
  for (const provider of PROVIDERS) {
    const { first, later } = await bundleClient(provider);
    const rest = later.reduce((sum, { bytes }) => sum + bytes, 0);
    const figures = [first.bytes, rest, first.bytes + rest].map((bytes) => String(bytes).padStart(7)).join('');
    console.log(`  ${provider.padEnd(12)}${figures} bytes`);
    fine &&= first.bytes <= LIMIT;
  }
  console.log('');
  return fine;
}
