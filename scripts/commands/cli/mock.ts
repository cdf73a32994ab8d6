import { Command, Option } from 'commander';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { credentialsOf, publicHalf } from '../mock/demo-credentials.ts';
import { keepHeapSmall } from '../mock/keep-heap-small.ts';
import type { StartOptions } from '../mock/start.ts';
import { explainStart } from './explain-start.ts';
import { fraction, parsePort, whole } from './numbers.ts';
import { onStop } from './on-stop.ts';
import type { Output } from './output.ts';
import { requireStore } from './require-store.ts';

type Flags = {
  readonly port: number;
  readonly host: string;
  readonly verify: boolean;
  readonly watch: boolean;
  readonly chaos?: number;
  readonly delay?: number;
  readonly seed: string;
  readonly stateful?: true;
  readonly memory?: true;
};

type FireFlags = {
  readonly to: string;
  readonly count: number;
  readonly user?: string;
  readonly operation?: string;
  readonly json?: true;
};

const PREFER = `
Any request may ask for its answer by the header Prefer:
  code=422      a code of the provider, in its own envelope; else that HTTP status
  example=name  the example of that name
  dynamic=true  made up from the schema; the same with the same seed=…
  x-delay=800   after so many milliseconds`;

/** `mock`: every provider of the workspace on one port, from its spec alone; `fire`: it calls you; `env`: what to sign with. */
export function mockCommand(workspace: Workspace, output: Output): Command {
  return new Command('mock')
    .description('serve every provider from its spec: signatures, examples, console, docs')
    .argument('[provider...]', 'only these; one alone is served at the root')
    .option('--port <number>', '0: any that is free', parsePort, 4010)
    .option('--host <address>', 'other machines reach it only with another address', '127.0.0.1')
    .option('--no-verify', 'look at no credential, signature, clock, nonce or token')
    .option('--no-watch', 'do not read a spec anew when it is saved')
    .option('--chaos <share>', 'from 0 to 1: how many answers are a fault instead', fraction)
    .option('--delay <ms>', 'before each answer', whole(0, 60_000))
    .option('--seed <text>', 'faults and made-up answers repeat with it', '1')
    .option('--stateful', "the sandbox's logic instead of examples, where a provider has it")
    .option('--memory', 'with --stateful: keep nothing, instead of files in .data/mock')
    .addHelpText('after', PREFER)
    .action(async (asked: string[], flags: Flags) => {
      const providers = await chooseProviders(workspace, asked);
      if (flags.stateful) requireStore('@electric-sql/pglite');
      const { startMock } = await import('../mock/start.ts');
      const { chaos, delay } = flags;
      const options: StartOptions = {
        ...flags,
        providers,
        atRoot: asked.length === 1,
        stateful: flags.stateful === true,
        memory: flags.memory === true,
        ...(chaos !== undefined && { chaos }),
        ...(delay !== undefined && { delay }),
      };
      const mock = await startMock(workspace, options, output).catch((error: unknown) => {
        const why = explainStart(error, flags, false);
        if (why === undefined) throw error;
        output.err(output.colors.red(why));
        process.exitCode = 1;
      });
      if (!mock) return;
      keepHeapSmall();
      onStop(() => void mock.close());
    })
    .addCommand(fireCommand(workspace, output))
    .addCommand(envCommand(workspace, output));
}

function fireCommand(workspace: Workspace, output: Output): Command {
  return new Command('fire')
    .description('call your server as the provider does: signed, in batches, and judged')
    .argument('<provider>', 'one whose contract declares webhooks, or that has plugins/<provider>/fire.ts')
    .requiredOption('--to <url>', 'your endpoint; nothing else is called')
    .addOption(new Option('--count <number>', 'items to push').argParser(whole(1, 1_000_000)).default(3))
    .option('--user <id>', 'whom to ask for (moonpacket)')
    .option('--operation <id>', 'this operation with its examples; default: every webhook of the contract')
    .option('--json', 'print the result as JSON')
    .action(async (provider: string, flags: FireFlags) => {
      await chooseProviders(workspace, [provider]);
      const { fireAndPrint } = await import('../mock/fire.ts');
      process.exitCode = await fireAndPrint(workspace, provider, flags, output);
    });
}

/** A PEM key has lines: in quotes, with `\\n`, files of variables can hold it. */
const quoted = (value: string): string => (/\s/.test(value) ? JSON.stringify(value) : value);

function envCommand(workspace: Workspace, output: Output): Command {
  return new Command('env')
    .description('print the demo credentials as environment variables of the generated clients')
    .argument('[provider...]', 'only these; default: all below specs/')
    .action(async (asked: string[]) => {
      const { loadMockProvider } = await import('../mock/load-provider.ts');
      for (const name of await chooseProviders(workspace, asked)) {
        const { api, credentials } = await loadMockProvider(workspace, name);
        for (const { name: credential, env, pair } of credentialsOf(api)) {
          output.out(`${env}=${quoted(credentials[credential] ?? '')}`);
          if (pair) output.out(`${env}_PUBLIC=${quoted(credentials[publicHalf(credential)] ?? '')}`);
        }
      }
    });
}
