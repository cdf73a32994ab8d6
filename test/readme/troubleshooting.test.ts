import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ruleCodes } from '../../scripts/lint/rules.ts';
import { linkTo } from '../../scripts/troubleshooting.ts';

const root = join(import.meta.dirname, '../..');
const page = await readFile(join(root, 'docs/troubleshooting.md'), 'utf8');
const entries = [...page.matchAll(/^### (.+)$/gm)].map(([, code = '']) => code);

/** Where problems of the input are found. */
const PLACES =
  /^(bundle|config|expand|init|inject|lint|load|model|cli|flows)(\/|\.ts$)|^(workspace|generate|load-plugins)\.ts$/;

/** Words with a hyphen that are no codes. */
const NOT_CODES = new Set(
  `one-or-list x-webhooks utf-8 content-type content-length content-encoding keep-alive transfer-encoding ts-morph
   dicey-fun openapi-typescript path-parameters-defined operation-parameters-unique no-unresolved-refs recommended-strict
   another-key demo-key demo-secret too-large no-unused-components date-time idn-email idn-hostname iri-reference
   json-pointer relative-json-pointer uri-reference uri-template`.split(/\s+/),
);

async function findCodes(): Promise<readonly string[]> {
  const names = (await readdir(join(root, 'scripts'), { recursive: true })).filter(
    // Redocly's own rules, with how to mend what they find.
    (name) => PLACES.test(name) && name.endsWith('.ts') && !/^lint\/(help|config|rules)\.ts$/.test(name),
  );
  const texts = await Promise.all(names.map((name) => readFile(join(root, 'scripts', name), 'utf8')));
  const found = texts.flatMap((text) =>
    [...text.replaceAll(/^import .*$/gm, '').matchAll(/(?<![\w./-])'([a-z][a-z0-9]*(?:-[a-z0-9]+)+)'/g)].map(
      ([, code = '']) => code,
    ),
  );
  return [...new Set([...found, ...ruleCodes])].filter((code) => !NOT_CODES.has(code) && !code.startsWith('x-cs-path'));
}

describe('docs/troubleshooting.md', () => {
  it('has an entry for every code, and no code that is gone', async () => {
    const codes = await findCodes();
    const families = new Set(codes.map((code) => code.split('-')[0]));
    const missing = codes.filter(
      (code) => !entries.includes(code) && !/^(x-cs-|md5|hmac|rsa|ecdsa|ed25519)/.test(code),
    );
    expect(missing.sort()).toEqual([]);
    expect(entries.filter((entry) => !codes.includes(entry))).toEqual([]);
    expect(entries.length).toBe(new Set(entries).size);
    expect(families.size).toBeGreaterThan(15);
  });

  it('is where errors lead to', () => {
    expect(linkTo('signer-missing', root)).toBe('docs/troubleshooting.md#signer-missing');
    expect(linkTo('signer-missing', join(root, 'specs'))).toBe('../docs/troubleshooting.md#signer-missing');
    expect(linkTo('tag-description', root)).toBeUndefined();
  });
});
