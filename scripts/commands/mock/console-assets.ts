import { readFile } from 'node:fs/promises';
import type { ConsoleAssets } from '@countersign/runtime/mock/console';

const APP = new URL('../../../runtime/mock/console/app/', import.meta.url);

let made: Promise<ConsoleAssets> | undefined;

/** Bundles the console when it is first opened; its user has no build step. */
export function makeConsoleAssets(): Promise<ConsoleAssets> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<ConsoleAssets> {
  const [{ build }, { fileURLToPath }] = await Promise.all([import('esbuild'), import('node:url')]);
  const html = await readFile(new URL('index.html', APP), 'utf8');
  const { outputFiles } = await build({
    entryPoints: ['main.tsx', 'styles/index.css'].map((path) => fileURLToPath(new URL(path, APP))),
    outdir: '/',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  });
  const made = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { html, style: made('.css'), script: made('.js') };
}
