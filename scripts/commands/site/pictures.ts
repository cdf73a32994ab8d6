import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

type Picture = {
  /** Page in the repository. */
  readonly page: string;
  /** The heading above the picture. */
  readonly below: string;
  /** Name of the picture that the browser test of the console takes. */
  readonly light: string;
  /** Shown in the dark theme. Default: the light picture. */
  readonly dark?: string;
  readonly alt: string;
};

const PICTURES: readonly Picture[] = [
  {
    page: 'docs/mock.md',
    below: '## The console',
    light: 'console-light',
    dark: 'console-dark',
    alt: 'The console: a list of operations, a form that sends a request with its response, and the log of requests',
  },
  {
    page: 'docs/signers.md',
    below: '# Signers',
    light: 'console-refused',
    alt: 'The console shows the string that is signed and why a signature was rejected',
  },
];

/** Pictures of a run of the browser tests. They are not committed, so a site that is built before a run has none. */
export async function openPictures(root: string, folder: string): Promise<(page: string, text: string) => string> {
  const taken = join(root, '.ci-output');
  const files = (picture: Picture): readonly string[] => [picture.light, picture.dark ?? picture.light];
  const found = PICTURES.filter((picture) => files(picture).every((name) => existsSync(join(taken, `${name}.png`))));
  if (found.length < PICTURES.length)
    console.log('The site has no pictures of the console. Run `npx vitest run test/e2e/console` first to take them.');
  await mkdir(folder, { recursive: true });
  for (const name of new Set(found.flatMap(files))) await cp(join(taken, `${name}.png`), join(folder, `${name}.png`));
  return (page, text) =>
    found
      .filter((picture) => picture.page === page)
      .reduce(
        (made, picture) => made.replace(`${picture.below}\n`, `${picture.below}\n\n${imagesOf(picture)}\n`),
        text,
      );
}

function imagesOf({ light, dark, alt }: Picture): string {
  const image = (name: string, theme: string): string =>
    `<img class="picture${theme}" src="/pictures/${name}.png" alt="${alt}" width="1440" height="900" loading="lazy">`;
  return dark === undefined ? image(light, '') : `${image(light, ' when-light')}${image(dark, ' when-dark')}`;
}
