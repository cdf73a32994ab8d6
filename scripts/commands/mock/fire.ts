import type { CredentialDescriptor } from '@countersign/runtime/contract';
import type { MockProvider } from '@countersign/runtime/mock';
import { type FireReport, type FireRequest, fireEvents } from '@countersign/runtime/mock/fire';
import { jsonText, terminalText } from '../../common/text/literal.ts';
import type { Workspace } from '../../config/workspace.ts';
import type { Output } from '../cli/output.ts';
import { credentialsOf } from './demo-credentials.ts';
import { loadFires } from './load-fires.ts';
import { loadMockProvider } from './load-provider.ts';

/** Flags of the command `fire`. */
export type FireFlags = {
  readonly to: string;
  readonly count: number;
  readonly user?: string;
  readonly operation?: string;
  readonly json?: true;
};

/** Fires at the address that the user named and prints what came of it. Gives the exit code: 1 where it failed. */
export async function fireAndPrint(
  workspace: Workspace,
  name: string,
  { to, count, user, operation, json }: FireFlags,
  output: Output,
): Promise<0 | 1> {
  const { green, red, dim } = output.colors;
  const fires = await loadFires(workspace);
  const loaded = await loadMockProvider(workspace, name);
  const own = ownCredentials(loaded);
  const declares = operation !== undefined || loaded.operations.some(({ descriptor }) => descriptor.webhook);
  // A plugin knows more than the contract: rows, questions, and what a good answer is.
  const plugin = operation === undefined && Object.hasOwn(fires, name) ? fires[name] : undefined;
  const fire = plugin ?? (declares ? fireEvents : undefined);
  if (!fire) {
    output.err(
      red(
        `${name} declares no webhooks. Give --operation, or write plugins/${name}/fire.ts. ${whoDoes(Object.keys(fires))}`,
      ),
    );
    return 1;
  }
  const provider = { ...loaded, credentials: { ...loaded.credentials, ...own } };
  let report: FireReport;
  try {
    const request: Omit<FireRequest, 'operation'> = {
      provider,
      to,
      count,
      ...(user !== undefined && { user }),
      onCall: ({ ok, what, status, ms, problem }) => {
        if (json) return;
        const mark = ok ? green('ok    ') : red('failed');
        const line = `${what}  ${status ?? 'no answer'}  ${ms.toFixed(0)} ms${problem === undefined ? '' : `  ${problem}`}`;
        output.out(`${mark}  ${terminalText(line)}`);
      },
    };
    report = await fire({ ...request, ...(operation !== undefined && { operation }) });
    if (plugin) report = await withRest(report, request);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    output.err(red(terminalText(error.message)));
    return 1;
  }
  if (json) output.out(jsonText(report));
  else {
    output.out((report.ok ? green : red)(terminalText(report.summary)));
    for (const line of report.details) output.out(dim(`  ${terminalText(line)}`));
    const refused = report.calls.some(({ status }) => status === 401 || status === 403);
    if (refused) output.out(dim(`  ${signedWith(name, credentialsOf(loaded.api), own)}`));
  }
  return report.ok ? 0 : 1;
}

/** A plugin may fire some webhooks of many: the others are fired by their examples. */
async function withRest(report: FireReport, request: Omit<FireRequest, 'operation'>): Promise<FireReport> {
  const fired = new Set(report.calls.map((call) => call.operation));
  const rest = request.provider.operations.filter(({ descriptor: { id, webhook } }) => webhook && !fired.has(id));
  const reports = [report];
  for (const { descriptor } of rest) reports.push(await fireEvents({ ...request, operation: descriptor.id }));
  if (rest.length === 0) return report;
  const calls = reports.flatMap((each) => each.calls);
  const accepted = calls.filter(({ ok }) => ok).length;
  return {
    ok: reports.every(({ ok }) => ok),
    summary: `${report.summary} With all webhooks: ${accepted} of ${calls.length} requests were accepted.`,
    details: reports.flatMap(({ details }) => details),
    calls,
  };
}

/** Those of the environment: what a receiver of your own, or the sandbox, takes. */
function ownCredentials({ api }: MockProvider): Readonly<Record<string, string>> {
  return Object.fromEntries(
    credentialsOf(api).flatMap(({ name, env }) => {
      const value = process.env[env];
      return value ? [[name, value]] : [];
    }),
  );
}

function signedWith(
  provider: string,
  credentials: readonly CredentialDescriptor[],
  own: Readonly<Record<string, string>>,
): string {
  const demo = credentials.filter(({ name }) => !Object.hasOwn(own, name)).map(({ env }) => env);
  if (demo.length === 0) return 'It was signed with the credentials of the environment.';
  return `It was signed with the mock's demo credentials (\`mock env ${provider}\`); for those of your server, set ${demo.join(' and ')}.`;
}

const whoDoes = (names: readonly string[]): string =>
  names.length === 0 ? '' : `These providers have one: ${names.join(', ')}.`;
