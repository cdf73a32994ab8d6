import { dirname, join, posix } from 'node:path';

const FENCES = /^```[\s\S]*?^```$/gm;
const CODE = /^```[\s\S]*?^```$|`[^`\n]*`/gm;

/** Changes a Markdown text, except its code. */
function outside(code: RegExp, text: string, change: (prose: string) => string): string {
  let made = '';
  let end = 0;
  for (const match of text.matchAll(code)) {
    made += change(text.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return made + change(text.slice(end));
}

/**
 * A page of the repository as a page of the site. Links lead to the pages' places in the site; a link to a file that the
 * site does not have becomes its text.
 * @param from the page's path in the repository
 * @param places path in the repository → path in the site
 */
export function sitePage(text: string, from: string, to: string, places: ReadonlyMap<string, string>): string {
  const linked = outside(FENCES, text, (prose) =>
    prose.replace(
      /(!?)\[([^\]\n]+)\]\((?![a-z]+:|#)([^)#\s]+)(#[^)\s]*)?\)/g,
      (_, image: string, label: string, path: string, hash = '') => {
        const target = posix.normalize(join(dirname(from), path));
        const place = places.get(target) ?? places.get(`${target.replace(/\/$/, '')}/README.md`);
        if (place === undefined) return label;
        return `${image}[${label}](${posix.relative(dirname(to), place) || posix.basename(place)}${hash})`;
      },
    ),
  );
  // The site's pages are components, in which two braces would begin an expression.
  return outside(CODE, linked, (prose) => prose.replaceAll('{{', '&#123;&#123;'));
}

/** The heading of a page, as plain text. */
export const titleOf = (text: string): string => /^# (.+)$/m.exec(text)?.[1]?.replaceAll('`', '') ?? '';
