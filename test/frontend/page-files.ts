import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from '../build/make-workspace.ts';

/** The blocks of docs/react.md that are files, by the name after their language. */
export async function pageFiles(): Promise<ReadonlyMap<string, string>> {
  const page = await readFile(join(repository, 'docs/react.md'), 'utf8');
  return new Map(
    [...page.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map(([, name = '', text = '']) => [name, text]),
  );
}
