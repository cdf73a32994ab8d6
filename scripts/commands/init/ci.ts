import { readFileSync } from 'node:fs';
import type { PlannedFile } from './plan.ts';

/** The CI servers that `init --ci` writes workflows for. */
export const CI_SERVERS = ['github'] as const;
/** One of CI_SERVERS. */
export type CiServer = (typeof CI_SERVERS)[number];

const workflow = (name: string): string =>
  readFileSync(new URL(`../../../templates/ci/${name}.yml`, import.meta.url), 'utf8');

/** Workflows that check each change and publish the packages. Existing files are kept. */
export const ciFiles = (server: CiServer): readonly PlannedFile[] =>
  ['contracts', 'release'].map((name) => ({
    path: `.github/workflows/${name}.yml`,
    text: workflow(`${server}-${name}`),
  }));
