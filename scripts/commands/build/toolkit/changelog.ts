/** Writes the toolkit's CHANGELOG.md at its release: `node scripts/commands/build/toolkit/changelog.ts 0.2.0`. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FILE = fileURLToPath(new URL('../../../../CHANGELOG.md', import.meta.url));
const HEAD =
  '# Changelog\n\nVersions of `countersign`, `@countersign/runtime` and `create-countersign`, which are released together.\n';

/**
 * The changelog with an entry for a version, which lists the subjects of the commits since the last version.
 * @param subjects newest first
 */
export function withVersion(changelog: string, version: string, date: string, subjects: readonly string[]): string {
  if (changelog.includes(`\n## ${version} `)) throw new Error(`CHANGELOG.md has an entry for ${version}.`);
  const rest = changelog.startsWith(HEAD) ? changelog.slice(HEAD.length) : changelog;
  const lines = [...new Set(subjects)].map((subject) => `- ${subject}`);
  return `${HEAD}\n## ${version} (${date})\n\n${lines.join('\n')}\n${rest}`;
}

if (import.meta.main) {
  const version = process.argv[2];
  if (version === undefined || !/^\d+\.\d+\.\d+/.test(version)) throw new Error('Name the version, such as 0.2.0.');
  const git = (...args: readonly string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
  const tags = git('tag', '--list', 'v*', '--sort=-v:refname').split('\n').filter(Boolean);
  const subjects = git('log', '--no-merges', '--format=%s', tags[0] === undefined ? 'HEAD' : `${tags[0]}..HEAD`)
    .split('\n')
    .filter(Boolean);
  const before = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
  writeFileSync(FILE, withVersion(before, version, new Date().toISOString().slice(0, 10), subjects));
  console.log(`CHANGELOG.md has ${subjects.length} changes for ${version}.`);
}
