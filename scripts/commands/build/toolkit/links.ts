import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Markdown whose links to files that are not in the package are plain text. */
export const withoutDeadLinks = (text: string, folder: string): string =>
  text.replace(/(?<!!)\[([^\]]*)\]\((?!https?:|#)([^)#]+)[^)]*\)/g, (link, words: string, path: string) =>
    existsSync(join(folder, path)) ? link : words,
  );
