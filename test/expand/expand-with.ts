import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { bundleSpec } from '../../scripts/bundle/index.ts';
import { type ExpandedSpec, expandDocument } from '../../scripts/expand/index.ts';
import { loadSpec } from '../../scripts/load/index.ts';

/** Writes files into a new folder and expands its `openapi.yaml`. */
export async function expandWith(files: { readonly [name: string]: string }): Promise<ExpandedSpec> {
  const folder = mkdtempSync(path.join(tmpdir(), 'countersign-expand-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  return expandDocument(await bundleSpec(await loadSpec(path.join(folder, 'openapi.yaml'))));
}

/** `file:line:column` of a pointer, the file by its base name. */
export function placeOf({ locate }: ExpandedSpec, pointer: string, on?: 'key' | 'value'): string {
  const { file, line, column } = locate(pointer, on);
  return `${path.basename(file)}:${line}:${column}`;
}
