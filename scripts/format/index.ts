import { readFileSync } from 'node:fs';
import { createFromBuffer, type Formatter } from '@dprint/formatter';
import { getPath } from '@dprint/typescript';
import type { File } from '../model/types.ts';

let formatter: Formatter | undefined;

/** dprint's WebAssembly plugin. It formats each file by a call in this process, without temporary files. */
function loadFormatter(): Formatter {
  const loaded = createFromBuffer(readFileSync(getPath()));
  loaded.setConfig(
    { indentWidth: 2, lineWidth: 120, newLineKind: 'lf' },
    {
      quoteStyle: 'preferSingle',
      'module.sortImportDeclarations': 'maintain',
      'module.sortExportDeclarations': 'maintain',
    },
  );
  return loaded;
}

/** Formats TypeScript and JavaScript. Files marked `formatted` stay unchanged. */
export function format(files: readonly File[]): readonly File[] {
  return files.map((file) => {
    if (file.formatted === true || !/\.[cm]?[jt]sx?$/.test(file.path)) return file;
    formatter ??= loadFormatter();
    return { ...file, text: formatter.formatText({ filePath: file.path, fileText: file.text }), formatted: true };
  });
}
