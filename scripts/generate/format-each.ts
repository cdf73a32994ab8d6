import type { Recall } from '../common/recall.ts';
import type { File } from '../model/types.ts';

/** Formats files that are not formatted yet, unless an earlier run formatted the same text. */
export async function formatEach(
  files: readonly File[],
  recall: Recall,
  format: (files: readonly File[]) => readonly File[] | Promise<readonly File[]>,
): Promise<readonly File[]> {
  const formatted: File[] = [];
  for (const file of files) {
    const make = async () => (await format([file]))[0] ?? file;
    formatted.push(file.formatted === true ? file : await recall('format', [file.path, file.text], make));
  }
  return formatted;
}
