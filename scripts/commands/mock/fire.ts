import type { CredentialDescriptor } from '@countersign/runtime/contract';
import type { MockProvider } from '@countersign/runtime/mock';
import { type Fire, type FireReport, type FireRequest, fireEvents, unknownEvent } from '@countersign/runtime/mock/fire';
import { jsonText, terminalText } from '../../common/text/literal.ts';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { type FormatFlags, formatOf, printFindings } from '../cli/format.ts';
import type { Output } from '../cli/output.ts';
import { credentialsOf } from './demo-credentials.ts';
import { findListener } from './find-listener.ts';
import { failure, failuresOf } from './fire-findings.ts';
import { loadFires } from './load-fires.ts';
import { loadMockProvider } from './load-provider.ts';

/** Flags of the command `fire`. */
export type FireFlags = FormatFlags & {
  /** Default: the address of `mock listen`. */
  readonly to?: string;
  /** Default 1, or 3 rows if a plugin pushes rows. */
  readonly count?: number;
  readonly user?: string;
  readonly operation?: string;
  readonly all?: true;
  /** Messages per second. */
  readonly rate?: number;
  readonly repeatId?: true;
  /** False means a single attempt. */
  readonly retry?: boolean;
  /** The waits of the contract's retries are divided by this number. */
  readonly speed?: number;
};

/** Rows that a plugin pushes. */
const ROWS = 3;

/** Sends messages to the user's address and prints the results. Returns the exit code: 1 after a failure. */
export async function fireAndPrint(
  workspace: Workspace,
  name: string,
  flags: FireFlags,
  output: Output,
): Promise<0 | 1> {
  const { green, red, dim } = output.colors;
  const { user, operation, all, rate, repeatId, retry, speed } = flags;
  const format = formatOf(flags);
  const fail = async (why: string): Promise<1> => {
    if (format === 'json') output.out(jsonText({ ok: false, summary: why, details: [], calls: [] }));
    else if (format !== undefined)
      await printFindings(format, [[name, [failure(workspace, name, why)]]], 'mock fire', output);
    output.err(red(terminalText(why)));
    return 1;
  };
  if (all && operation !== undefined) {
    return fail('--all and an event are mutually exclusive. Remove one of the two.');
  }
  const fires = await loadFires(workspace);
  const loaded = await loadMockProvider(workspace, name);
  const own = ownCredentials(loaded);
  const declares = operation !== undefined || hasWebhooks(loaded);
  // A plugin knows more than the contract: rows, requests, and the expected responses.
  const isOfPlugin = operation === undefined && !(all && declares) && Object.hasOwn(fires, name);
  const plugin = isOfPlugin ? fires[name] : undefined;
  const count = flags.count ?? (repeatId ? 2 : plugin ? ROWS : 1);
  const fire = plugin ?? (declares ? fireEvents : undefined);
  if (!fire) {
    return fail(
      `${name} does not declare webhooks. Add the name of an operation, or write plugins/${name}/fire.ts. ${await whoDoes(workspace, fires)}`,
    );
  }
  const unknown = plugin ? undefined : unknownEvent(loaded, operation);
  if (unknown !== undefined) return fail(unknown);
  const target = flags.to === undefined ? await findListener() : { to: flags.to };
  if (!target) {
    return fail('No receiver is configured. Add --to <url>, or start `mock listen --forward-to <url>` first.');
  }
  const provider = { ...loaded, credentials: { ...loaded.credentials, ...own } };
  let report: FireReport;
  try {
    const request: Omit<FireRequest, 'operation'> = {
      provider,
      ...target,
      count,
      ...(user !== undefined && { user }),
      ...(rate !== undefined && { rate }),
      ...(repeatId && { repeatId }),
      ...(retry !== undefined && { retry }),
      ...(speed !== undefined && { speed }),
      onCall: ({ ok, what, status, ms, problem }) => {
        if (format !== undefined) return;
        const mark = ok ? green('ok    ') : red('failed');
        const line = `${what}  ${status ?? 'no response'}  ${ms.toFixed(0)} ms${problem === undefined ? '' : `  ${problem}`}`;
        output.out(`${mark}  ${terminalText(line)}`);
      },
    };
    report = await fire({ ...request, ...(operation !== undefined && { operation }) });
    if (plugin) report = await withRest(report, request);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return fail(error.message);
  }
  if (format === 'json') output.out(jsonText(report));
  else if (format !== undefined)
    await printFindings(format, [[name, failuresOf(report, workspace, name)]], 'mock fire', output);
  else {
    output.out((report.ok ? green : red)(terminalText(report.summary)));
    for (const line of report.details) output.out(dim(`  ${terminalText(line)}`));
    const refused = report.calls.some(({ status }) => status === 401 || status === 403);
    if (refused) output.out(dim(`  ${signedWith(name, credentialsOf(loaded.api), own)}`));
  }
  return report.ok ? 0 : 1;
}

/** A plugin may send only some of the webhooks. The others are sent with their examples. */
async function withRest(report: FireReport, request: Omit<FireRequest, 'operation'>): Promise<FireReport> {
  const fired = new Set(report.calls.map((call) => call.operation));
  // A plugin counts rows, not messages.
  const once = { ...request, count: 1 };
  const rest = request.provider.operations.filter(({ descriptor: { id, webhook } }) => webhook && !fired.has(id));
  const reports = [report];
  for (const { descriptor } of rest) reports.push(await fireEvents({ ...once, operation: descriptor.id }));
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

/** Credentials from the environment, which your own receiver or the sandbox accepts. */
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
  if (demo.length === 0) return 'The request was signed with the credentials from the environment.';
  return `The request was signed with the demo credentials of the mock (\`mock env ${provider}\`). To use the credentials of your server, set ${demo.join(' and ')}.`;
}

const hasWebhooks = ({ operations }: MockProvider): boolean => operations.some(({ descriptor }) => descriptor.webhook);

/**
 * The providers that call their users' servers, by a plugin or by their spec. Providers whose spec has errors are
 * omitted.
 */
async function whoDoes(workspace: Workspace, fires: Readonly<Record<string, Fire>>): Promise<string> {
  const names = await chooseProviders(workspace, []);
  const calling = await Promise.all(
    names.map(async (name) => {
      const loaded = Object.hasOwn(fires, name) || (await loadMockProvider(workspace, name).catch(() => undefined));
      return loaded === true || (loaded && hasWebhooks(loaded)) ? [name] : [];
    }),
  );
  const found = calling.flat();
  return found.length === 0 ? '' : `Providers with events: ${found.join(', ')}.`;
}
