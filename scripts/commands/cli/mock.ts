import { Command, Option } from 'commander';
import { chooseProviders, type Workspace } from '../../config/workspace.ts';
import { credentialsOf, publicHalf } from '../mock/demo-credentials.ts';
import { LISTEN_PORT } from '../mock/find-listener.ts';
import type { FireFlags } from '../mock/fire.ts';
import { keepHeapSmall } from '../mock/keep-heap-small.ts';
import type { StartOptions } from '../mock/start.ts';
import { hasSandbox } from '../serve/load-sandboxes.ts';
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
    .option('--stateful', "remember: by the sandbox's logic, else by paths and ids; instead of examples")
    .option('--memory', 'with --stateful: keep nothing, instead of files in .data/mock')
    .addHelpText('after', PREFER)
    .action(async (asked: string[], flags: Flags) => {
      const providers = await chooseProviders(workspace, asked);
      if (flags.stateful && providers.some((name) => hasSandbox(workspace, name))) requireStore('@electric-sql/pglite');
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
    .addCommand(listenCommand(output))
    .addCommand(envCommand(workspace, output));
}

function fireCommand(workspace: Workspace, output: Output): Command {
  return new Command('fire')
    .description('call your server as the provider does: signed, tried again as the contract says, and judged')
    .argument('<provider>', 'one whose contract declares webhooks or callbacks, or that has plugins/<provider>/fire.ts')
    .argument('[event]', 'the webhook, callback or operation; default: every one')
    .option('--to <url>', 'your endpoint, nothing else is called; default: the address of `mock listen`')
    .option('--all', 'every webhook and callback of the contract, each with all its examples')
    .addOption(
      new Option('--count <number>', 'times that each is sent, or rows to push').argParser(whole(1, 1_000_000)),
    )
    .addOption(
      new Option('--rate <number>', 'messages a second; default: one after another').argParser(whole(1, 10_000)),
    )
    .option('--repeat-id', 'send each message --count times (default 2) with the same id')
    .option('--no-retry', 'send each message once; default: again after a failure, as the contract says')
    .addOption(new Option('--speed <factor>', "divide the contract's waits by this").argParser(whole(1, 1_000_000)))
    .option('--user <id>', 'whom to ask for (moonpacket)')
    .option('--operation <id>', 'the same as the argument event')
    .option('--json', 'print the result as JSON')
    .action(async (provider: string, event: string | undefined, flags: FireFlags) => {
      await chooseProviders(workspace, [provider]);
      const { fireAndPrint } = await import('../mock/fire.ts');
      const asked = { ...flags, ...(event !== undefined && { operation: event }) };
      process.exitCode = await fireAndPrint(workspace, provider, asked, output);
    });
}

type ListenFlags = { readonly forwardTo: string; readonly port: number };

function listenCommand(output: Output): Command {
  return new Command('listen')
    .description('take the events of all providers at one address and forward them to your server')
    .requiredOption('--forward-to <url>', 'your endpoint; nothing else is called')
    .option('--port <number>', '0: any that is free', parsePort, LISTEN_PORT)
    .action(async ({ forwardTo, port }: ListenFlags) => {
      const { startListener } = await import('../mock/listen.ts');
      const listening = await startListener({ forwardTo, port }, output).catch((error: unknown) => {
        const why =
          error instanceof TypeError ? error.message : explainStart(error, { port, host: '127.0.0.1' }, false);
        if (why === undefined) throw error;
        output.err(output.colors.red(why));
        process.exitCode = 1;
      });
      if (listening) onStop(() => void listening.close());
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
