import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { asGithub, asJunit, asSarif, type Finding } from '../../scripts/common/diagnostics/formats.ts';
import { makeWorkspace, run } from './run.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await makeWorkspace();
  await run(['generate'], cwd);
});
afterAll(() => rm(cwd, { recursive: true }));

const spec = (): string => join(cwd, 'specs/acme/openapi.yaml');

/** Runs with an error in the spec: a signing scheme without a signer, and a `$ref` to nothing. */
async function withError<T>(work: () => Promise<T>): Promise<T> {
  const text = await readFile(spec(), 'utf8');
  await writeFile(spec(), text.replace('minimum: 1', "$ref: '#/components/schemas/Nothing'"));
  try {
    return await work();
  } finally {
    await writeFile(spec(), text);
  }
}

type Sarif = {
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly [
        { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: object } },
      ];
    }[];
  }[];
};

describe.each(['lint', 'generate', 'generate --check'])('%s --format', (command) => {
  const words = command.split(' ');

  it('github annotates the line of each diagnostic', async () => {
    const { code, out } = await withError(() => run([...words, '--format', 'github'], cwd));
    expect(code).toBe(1);
    expect(out).toMatch(/^::error file=specs\/acme\/openapi\.yaml,line=\d+,col=\d+,title=ref-not-found::.+\n$/);
    expect((await run([...words, '--format', 'github'], cwd)).out).toBe('');
  });

  it('sarif has a rule and a location for each diagnostic', async () => {
    const { code, out } = await withError(() => run([...words, '--format', 'sarif'], cwd));
    const { version, runs } = JSON.parse(out) as Sarif;
    expect([code, version, runs.length]).toEqual([1, '2.1.0', 1]);
    const [{ tool, results }] = runs as [Sarif['runs'][number]];
    expect(tool.driver.rules).toEqual([{ id: 'ref-not-found' }]);
    expect(results).toMatchObject([
      {
        ruleId: 'ref-not-found',
        ruleIndex: 0,
        level: 'error',
        locations: [{ physicalLocation: { artifactLocation: { uri: 'specs/acme/openapi.yaml' } } }],
      },
    ]);
    expect((JSON.parse((await run([...words, '--format', 'sarif'], cwd)).out) as Sarif).runs[0]?.results).toEqual([]);
  });

  it('junit has a failed test for each diagnostic, and a passed one if there is none', async () => {
    const { out } = await withError(() => run([...words, '--format', 'junit'], cwd));
    expect(XMLValidator.validate(out)).toBe(true);
    expect(out).toContain('failures="1"');
    expect((await run([...words, '--format', 'junit'], cwd)).out).toContain('tests="1" failures="0"');
  });

  it('rejects any other name', async () => {
    const { code, err } = await run([...words, '--format', 'html'], cwd);
    expect([code, err]).toEqual([1, expect.stringContaining('Allowed choices are json, github, sarif, junit')]);
  });
});

test('generate --check annotates files that differ', async () => {
  const file = join(cwd, 'generated/acme/src/client.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(file, `${text}// edited\n`);
  const { code, out } = await run(['generate', '--check', '--format', 'github'], cwd);
  await writeFile(file, text);
  expect(code).toBe(1);
  expect(out).toMatch(/^::error file=generated\/acme\/src\/client\.ts,line=1,col=1,title=generated-differs::/);
});

test('diff reports a breaking change as an error and an addition as a warning', async () => {
  const before = join(cwd, 'before.json');
  const document = JSON.parse(await readFile(join(cwd, 'generated/acme/openapi.json'), 'utf8'));
  const [[path, item]] = Object.entries(document.paths) as [[string, object]];
  await writeFile(before, JSON.stringify({ ...document, paths: { [`${path}-old`]: item } }));
  const annotated = await run(['diff', 'acme', '--against', before, '--format', 'github'], cwd);
  expect(annotated.code).toBe(0);
  expect(annotated.out).toMatch(/^::error file=generated\/acme\/openapi\.json,line=1,col=1,title=diff-major::/m);
  const { out } = await run(['diff', 'acme', '--against', before, '--format', 'junit'], cwd);
  expect(XMLValidator.validate(out)).toBe(true);
});

const NASTY = '%0A::warning::x\r\n::set-output name=a::b <a href="x">&amp;\u0000\u001b[31m\ud800, é 💶';
const finding = (text: string): Finding => ({ level: 'error', code: text, text, file: text, line: 1, column: 2 });

test('text from a spec is escaped in every format', () => {
  expect(asGithub([finding(NASTY)]).split(/\r|\n/)).toHaveLength(1);
  expect(asGithub([finding(NASTY)])).toMatch(/^::error file=[^,:]*,line=1,col=2,title=[^,:]*::(?!.*\n)/);
  const { runs } = JSON.parse(asSarif([finding(NASTY.replace('\ud800', ''))], '1.0.0')) as Sarif;
  expect(runs[0]?.results[0]?.message.text).toBe(NASTY.replace('\ud800', ''));
  const xml = asJunit([[NASTY, [finding(NASTY)]]], 'lint');
  expect(XMLValidator.validate(xml)).toBe(true);
  const parsed = new XMLParser({ ignoreAttributes: false, processEntities: true }).parse(xml) as {
    testsuites: { testsuite: { testcase: { failure: Readonly<Record<string, string>> } } };
  };
  expect(parsed.testsuites.testsuite.testcase.failure['@_message']).toContain('<a href="x">&amp;');
});

describe('doctor --format', () => {
  it('reports an invalid configuration at its line, and each check as a test', async () => {
    const config = join(cwd, 'countersign.config.ts');
    const text = await readFile(config, 'utf8').catch(() => undefined);
    await writeFile(config, 'export default 7;\n');
    try {
      const annotated = await run(['doctor', '--format', 'github'], cwd);
      expect(annotated.code).toBe(1);
      expect(annotated.out).toMatch(/^::error file=countersign\.config\.ts,line=\d+,col=\d+,title=[\w-]+::.+$/m);
      const { out } = await run(['doctor', '--format', 'junit'], cwd);
      expect(XMLValidator.validate(out)).toBe(true);
      expect(out).toMatch(/<testsuite name="Node [\d.]+"/);
      const { runs } = JSON.parse((await run(['doctor', '--format', 'sarif'], cwd)).out) as Sarif;
      expect(runs[0]?.results.length).toBe((annotated.out.match(/^::error/gm) ?? []).length);
    } finally {
      if (text === undefined) await rm(config);
      else await writeFile(config, text);
    }
  });
});

test.each([
  ['a:b/c.yaml', './a%3Ab/c.yaml'],
  ['specs/a b/#.yaml', 'specs/a%20b/%23.yaml'],
  ['../other.yaml', '../other.yaml'],
])('SARIF refers to %s as %s', (file, uri) => {
  const { runs } = JSON.parse(asSarif([{ ...finding('x'), file }], '1.0.0')) as Sarif;
  expect(runs[0]?.results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe(uri);
});
