import { readFile } from 'node:fs/promises';
import type { ConsoleAssets } from '@countersign/runtime/mock/console';

const APP = new URL('../../runtime/mock/console/app/', import.meta.url);

let made: Promise<ConsoleAssets> | undefined;

/** Bundles the console when it is first opened; its user has no build step. */
export function makeConsoleAssets(): Promise<ConsoleAssets> {
  made ??= bundle();
  return made;
}

async function bundle(): Promise<ConsoleAssets> {
  const [{ build }, { fileURLToPath }] = await Promise.all([import('esbuild'), import('node:url')]);
  const [html, style, { outputFiles }] = await Promise.all([
    readFile(new URL('index.html', APP), 'utf8'),
    readFile(new URL('console.css', APP), 'utf8'),
    build({
      entryPoints: [fileURLToPath(new URL('main.tsx', APP))],
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
    }),
  ]);
  return { html, style, script: outputFiles[0]?.text ?? '' };
}
