import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { InputError } from '../../common/diagnostics/diagnostic.ts';
import type { Finding } from '../../common/diagnostics/formats.ts';
import { refusal } from '../../common/diagnostics/troubleshooting.ts';
import { isObject } from '../../common/document/pointer.ts';
import { jsonText } from '../../common/text/literal.ts';
import { chooseProviders, settingsOf, type Workspace } from '../../config/workspace.ts';
import { EARLIER, parseJson } from '../diff/documents.ts';
import { type Change, largest } from '../diff/types.ts';
import { type FormatFlags, formatOf, formatOption, printFindings } from './format.ts';
import { type Output, printChanges } from './output.ts';

type Flags = FormatFlags & { readonly against?: string; readonly failOn?: (typeof FAILURES)[number] };

/** The changes that can end the command with 1, the largest first. */
const FAILURES = ['major', 'minor', 'patch'] as const;

/** A breaking change fails a build like an error. */
const LEVELS = { major: 'error', minor: 'warning', patch: 'note' } as const;

/** `diff`: compares the contract with the published one, or with any document. */
export function diffCommand(workspace: Workspace, output: Output): Command {
  return new Command('diff')
    .description('Compare generated contracts with the published ones and print the version bump')
    .argument('[provider...]', 'Providers to compare; default: all')
    .option('--against <file>', 'Compare with this spec or openapi.json; default: the published contract')
    .addOption(new Option('--fail-on <bump>', 'Exit with 1 if a change is at least this large').choices(FAILURES))
    .option('--json', 'Print the result as JSON')
    .addOption(formatOption())
    .action(async (asked: string[], { against, failOn, ...flags }: Flags) => {
      const providers = await chooseProviders(workspace, asked);
      if (against !== undefined && providers.length !== 1)
        throw refusal(
          'diff-against',
          '--against requires exactly one provider.',
          'Add the name of the provider.',
          '--against',
        );
      const [{ compareContracts, readContract }, { readEarlier }] = await Promise.all([
        import('../diff/index.ts'),
        import('../diff/read-earlier.ts'),
      ]);
      const results = [];
      for (const provider of providers) {
        const before = against === undefined ? await lastDocument(workspace, provider) : await readEarlier(against);
        const generated = join(workspace.generated, provider, 'openapi.json');
        const after = await readDocument(generated, 'Run `countersign generate`.', relative(workspace.root, generated));
        const role = settingsOf(workspace, provider).role ?? 'caller';
        const now = readContract(after, provider);
        const compare = async (earlier: unknown): Promise<readonly Change[]> => {
          try {
            return compareContracts(readContract(earlier, provider), now, role);
          } catch (error) {
            // A user's file that was not linted. If it passes lint, the error is ours.
            const problem = against === undefined ? undefined : await problemOf(against);
            throw against === undefined || problem === undefined ? error : notAContract(against, problem);
          }
        };
        const changes = before === undefined ? [] : await compare(before);
        results.push({
          provider,
          published: before !== undefined,
          bump: largest(changes.map(({ bump }) => bump)),
          changes,
        });
      }
      if (failOn !== undefined && results.some(({ bump }) => largest([bump, failOn]) === bump)) process.exitCode = 1;
      const format = formatOf(flags);
      if (format === 'json') return output.out(jsonText(results));
      if (format !== undefined) {
        const suites = results.map(({ provider, published, changes }) => {
          const file = relative(workspace.root, join(workspace.generated, provider, 'openapi.json'));
          const none = published ? undefined : 'The package is not published yet.';
          return [provider, changes.map((change) => findingOf(change, file)), none] as const;
        });
        return printFindings(format, suites, 'diff', output);
      }
      for (const { provider, published, bump, changes } of results) {
        output.out(`${provider}: ${published ? (bump === 'none' ? 'no changes' : bump) : 'not published yet'}`);
        printChanges(changes, output);
      }
    });
}

/** A change at the contract that was made from the spec. */
export const findingOf = ({ bump, operation, text }: Change, file: string): Finding => ({
  level: LEVELS[bump],
  code: `diff-${bump}`,
  text: operation === undefined ? text : `${operation} ${text}`,
  file,
  line: 1,
  column: 1,
});

const notAContract = (file: string, problem: string): InputError =>
  refusal(
    'diff-document',
    `The file is not a contract generated by \`countersign generate\`. ${problem}`,
    EARLIER,
    file,
  );

/** Extensions that only `generate` writes. */
const EXPANDED = /`x-cs-(path|when|webhook)`/;

/** The first error of a document that `generate` did not write; undefined if it may have. */
async function problemOf(file: string): Promise<string | undefined> {
  const [{ loadSpec }, { lintSpec }, { InputError: Problems }] = await Promise.all([
    import('../../load/index.ts'),
    import('../../lint/index.ts'),
    import('../../common/diagnostics/diagnostic.ts'),
  ]);
  const problems = await loadSpec(resolve(file), {})
    .then((spec) => lintSpec(spec, { profile: 'essential' }))
    .catch((error: unknown) => {
      if (error instanceof Problems) return error.diagnostics;
      throw error;
    });
  return problems.find(({ severity, message }) => severity === 'error' && !EXPANDED.test(message))?.message;
}

/** An `openapi.json` from `generate`: the expanded contract. */
async function readDocument(path: string, help: string, shown = path): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw refusal('diff-document', 'The file does not exist.', help, shown);
  });
  const document = parseJson(text);
  if (!isObject(document) || !isObject(document.paths) || !isObject(document.info))
    throw refusal('diff-document', 'The file is not an OpenAPI document in JSON.', help, shown);
  return document;
}

async function lastDocument(workspace: Workspace, provider: string): Promise<unknown> {
  const { openRegistry, RegistryError, registryProblem } = await import('../release/registry.ts');
  const registry = openRegistry({ root: workspace.root, ...workspace.config.release });
  const name = `${workspace.scope}/${provider}`;
  const temporary = await mkdtemp(join(tmpdir(), 'countersign-diff-'));
  try {
    const { last } = await registry.find(name);
    return last === undefined ? undefined : (await registry.fetch(name, last, temporary)).document;
  } catch (error) {
    throw error instanceof RegistryError ? registryProblem(error, workspace.config.release?.registry) : error;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}
