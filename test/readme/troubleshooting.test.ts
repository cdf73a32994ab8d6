import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { linkTo } from '../../scripts/common/diagnostics/troubleshooting.ts';
import { lintConfig } from '../../scripts/lint/config.ts';
import { ruleCodes } from '../../scripts/lint/rules/index.ts';

const root = join(import.meta.dirname, '../..');
const page = await readFile(join(root, 'docs/troubleshooting.md'), 'utf8');
const entries = [...page.matchAll(/^### (.+)$/gm)].map(([, code = '']) => code);
const bodies = new Map(
  page
    .split(/^### /m)
    .slice(1)
    .map((entry) => [entry.split('\n')[0] ?? '', entry.split('\n').slice(1).join('\n').trim()]),
);
let sources: ReadonlyMap<string, string>;

/** Where errors in the input are found. */
const PLACES =
  /^(commands\/(build|cli|diff|flows|init|release)|bundle|config|expand|generate|inject|lint|load|model|write)\/|^commands\/(apply-fixes|mock\/fire-findings)\.ts$|^[\w-]+\/command\.ts$/;

/** Words with a hyphen that are not codes. */
const NOT_CODES = new Set(
  `one-or-list x-operation x-webhooks utf-8 content-type content-length content-encoding keep-alive transfer-encoding ts-morph
   openapi-typescript recommended-strict typescript-7 another-key demo-key demo-secret too-large date-time
   idn-email idn-hostname iri-reference no-unresolved-refs json-pointer relative-json-pointer uri-reference
   uri-template collect-modules react-jsx module-typescript rate-limiter-flexible drizzle-orm jsonc-parser dist-tags x-probe
   path-parameters-defined operation-parameters-unique no-unused-components ajv-formats status
   create-countersign hooks-svelte hooks-vue x-api-key x-signature own-modules entry-point dynamic-import`.split(/\s+/),
);

beforeAll(async () => {
  const names = (await readdir(join(root, 'scripts'), { recursive: true })).filter((name) => name.endsWith('.ts'));
  const plugins = (await readdir(join(root, 'plugins'), { recursive: true })).filter((name) =>
    /\/command\.ts$/.test(name),
  );
  const paths = [
    ...names.map((name) => [name, 'scripts'] as const),
    ...plugins.map((name) => [name, 'plugins'] as const),
  ];
  sources = new Map(
    await Promise.all(paths.map(async ([name, at]) => [name, await readFile(join(root, at, name), 'utf8')] as const)),
  );
});

/**
 * Every word that may be a code: all with a hyphen in the files that report errors, and every `code` or argument of
 * `refusal`. Words that are not codes are in a list, so that a new one is not missed.
 */
function findCodes(): readonly string[] {
  const found = [...sources].flatMap(([name, text]) => {
    // Redocly's own rules, with a fix for each.
    if (!PLACES.test(name) || /^lint\/(help|config|rules\/index)\.ts$/.test(name)) return [];
    // Imports and examples in docstrings do not name codes.
    const code = text.replaceAll(/^import .*$/gm, '').replaceAll(/\/\*[\s\S]*?\*\//g, '');
    const hyphened = [...code.matchAll(/(?<![\w./-])'([a-z][a-z0-9]*(?:-[a-z0-9]+)+)'/g)];
    const given = [...code.matchAll(/(?:\bcode: |\brefusal\(\s*)'([a-z][\w-]*)'/g)];
    return [...hyphened, ...given].map(([, word = '']) => word);
  });
  const isOther = (word: string): boolean =>
    NOT_CODES.has(word) || word.startsWith('x-cs-') || /^(md5|hmac|rsa|ecdsa|ed25519)-/.test(word);
  return [...new Set([...found.filter((word) => !isOther(word)), ...ruleCodes])];
}

/** Redocly's enabled rules: for specs of each version, and for flows. */
async function findRules(): Promise<readonly string[]> {
  const on = await Promise.all(
    (
      [
        ['written', 'oas3_0'],
        ['written', 'oas3_1'],
        ['written', 'oas3_2'],
        ['arazzo', 'arazzo1'],
        ['arazzo', 'arazzo1_1'],
      ] as const
    ).map(async ([pass, version]) => {
      const { rules } = await lintConfig(pass);
      return Object.entries(rules[version]).flatMap(([name, setting]) => {
        const severity = typeof setting === 'object' && 'severity' in setting ? setting.severity : setting;
        return severity === 'off' || name.startsWith('countersign/') ? [] : [name];
      });
    }),
  );
  return [...new Set(on.flat()), 'bundler'];
}

describe('docs/troubleshooting.md', () => {
  it('has an entry for every code of ours, and for every enabled rule of Redocly', async () => {
    const [codes, rules] = [findCodes(), await findRules()];
    expect(rules.length).toBeGreaterThan(50);
    expect([...codes, ...rules].filter((code) => !entries.includes(code)).sort()).toEqual([]);
    expect(entries.filter((entry) => !codes.includes(entry) && !rules.includes(entry))).toEqual([]);
    expect(entries.length).toBe(new Set(entries).size);
  });

  it('is complete: the test reads every file that creates diagnostics', () => {
    const makers = [...sources].filter(([, text]) => /severity: '|new InputError\(|\brefusal\(/.test(text));
    expect(makers.length).toBeGreaterThan(20);
    const passedOver = makers.map(([name]) => name).filter((name) => !PLACES.test(name));
    expect(passedOver.sort()).toEqual(['common/diagnostics/diagnostic.ts', 'common/diagnostics/troubleshooting.ts']);
  });

  it('says in each entry what is wrong and how to fix it', () => {
    for (const [code, body] of bodies) expect(body.split(/[.:](?:\s|$)/).length, code).toBeGreaterThanOrEqual(2);
  });

  it.each([
    ['signer-missing', root, 'docs/troubleshooting.md#signer-missing'],
    ['signer-missing', join(root, 'specs'), '../docs/troubleshooting.md#signer-missing'],
    ['no-server-example.com', root, 'docs/troubleshooting.md#no-server-examplecom'],
    ['operation-operationId', root, 'docs/troubleshooting.md#operation-operationid'],
    ['no-such-code', root, undefined],
  ])('is the target for %s from %s', (code, from, want) => {
    expect(linkTo(code, from)).toBe(want);
  });
});
