import { isSchemaObject } from '../../values/types.ts';
import { createDeliveries, type DeliveryEntry } from '../fire/deliveries.ts';
import type { Fire } from '../fire/types.ts';
import type { Gateway } from '../gateway.ts';
import { createMask, presentedSecrets, secretsOf } from '../mask.ts';
import { parsePrefer } from '../prefer.ts';
import { problem } from '../problem.ts';
import { readReset } from '../reset.ts';
import { SCENARIOS } from '../scenario.ts';
import { SPOILS } from '../send.ts';
import type { ExampleInput } from '../types.ts';
import { type Asked, BadRequest, createFinder, readAsked } from './asked.ts';
import { checkBody } from './check-body.ts';
import { readDetails } from './details.ts';
import { openEvents } from './events.ts';
import { toPageFiles } from './files.ts';
import { createFiring, fireAgain, fireKinds } from './fire-webhooks.ts';
import { createLogins } from './login.ts';
import { readInput } from './read-input.ts';
import { readState } from './state.ts';
import { createTry, type Tried, toInput } from './try-operation.ts';

export type { Flaw } from './check-body.ts';
export type { Fired } from './fire-webhooks.ts';
export type { Tried } from './try-operation.ts';

/** The input of the console's API. */
export type ConsoleOptions = {
  readonly gateway: Gateway;
  /** Returns the URL of the mock: `http://127.0.0.1:4010`. */
  readonly url: () => string;
  readonly fires: Readonly<Record<string, Fire>>;
  readonly stateful: boolean;
  readonly docs: boolean;
  /** npm scope of the generated packages, from the workspace's configuration. Default `@countersign`. */
  readonly scope?: string;
};

/** The console's own API, below `/__console/api/`. The guard has already accepted the request. */
export function createConsoleApi(options: ConsoleOptions) {
  const { gateway, url, fires, stateful, docs, scope = '@countersign' } = options;
  const { director, log } = gateway;
  const find = createFinder(gateway, url);
  const logins = createLogins((request) => gateway.fetch(request), url);
  const attempt = createTry({ fetch: (request) => gateway.fetch(request), scope, logins });
  const deliveries = createDeliveries();
  const fire = createFiring(gateway, find, fires, deliveries);
  const kinds = fireKinds(gateway, fires);
  const state = async () => readState(gateway, { url: url(), fires: await kinds(), stateful, docs }, logins);

  /** Reads the input and the URL of a logged request. */
  const read = async (id: unknown) => {
    const entry = log.recent().find((each) => each.id === id);
    const source = entry && log.sourceOf(entry.id);
    if (!entry || !source || entry.operation === undefined)
      throw new BadRequest('The request is not in the log, or does not match an operation.');
    const found = await find.provider(entry.provider);
    const operation = find.operation(found.provider, entry.operation);
    const prefix = entry.outgoing ? '' : found.prefix;
    return { entry, source, found, operation, input: await readInput(operation, found.provider.api, prefix, source) };
  };

  const trySomething = async (asked: Asked): Promise<Tried> => {
    const found = await find.provider(asked['provider']);
    return attempt(found, {
      operation: find.operation(found.provider, asked['operation']),
      input: toInput(asked['input']),
      spoil: SPOILS.find((name) => name === asked['spoil']),
      prefer: typeof asked['prefer'] === 'string' ? asked['prefer'] : undefined,
    });
  };

  /** Signs the same input again, because a signature and its nonce are valid only once. */
  const resend = async (asked: Asked): Promise<object> => {
    const { entry, source, found, operation, input } = await read(asked['entry']);
    if (entry.outgoing) return fire({ provider: entry.provider, to: source.url }, fireAgain(operation, input));
    return attempt(found, { operation, input, prefer: source.headers.get('prefer') ?? undefined });
  };

  /** Loads an input for the form. Secrets are replaced by the values that the form starts with. */
  const load = async (asked: Asked): Promise<ExampleInput> => {
    const { source, found, operation, input } = await read(asked['entry']);
    const { api, credentials } = found.provider;
    const secrets = [...secretsOf(api, credentials), ...presentedSecrets(api, source, operation.descriptor)];
    const { bodies, inputs } = await readDetails(found.provider, operation);
    const usual = bodies.find(({ mediaType }) => mediaType === input.contentType)?.inputs ?? inputs;
    return withoutSecrets(await toPageFiles(input), createMask(secrets), usual[0]?.input) as ExampleInput;
  };

  const change = (asked: Asked): void => {
    if (asked['scenario'] !== undefined) {
      const chosen = SCENARIOS.find(({ name }) => name === asked['scenario']);
      if (!chosen) throw new BadRequest('The scenario does not exist.');
      director.choose(chosen);
      log.notify({ kind: 'scenario', text: `Scenario: ${chosen.name}` });
    }
    if (typeof asked['pin'] === 'string') {
      const wish =
        typeof asked['prefer'] === 'string' && asked['prefer'] !== '' ? parsePrefer(asked['prefer']) : undefined;
      director.pin(asked['pin'], wish);
    }
    if (asked['unpin'] === true) for (const key of [...director.pins.keys()]) director.pin(key, undefined);
    if (asked['expire'] !== undefined) {
      if (!gateway.slots.some(({ name }) => name === asked['expire']))
        throw new BadRequest('The provider does not exist.');
      gateway.sessions(String(asked['expire'])).expireAll();
    }
    if (asked['clear'] === true) log.clear();
  };

  /** Sends a message of the delivery log again, with its id. */
  const redeliver = async (id: unknown): Promise<DeliveryEntry> => {
    const known = deliveries.find(String(id));
    const again = known && (await deliveries.resend(known.id, (await find.provider(known.provider)).provider));
    if (!again) throw new BadRequest('The message is not in the delivery log.');
    return again;
  };

  const reset = async (asked: Asked): Promise<void> => {
    try {
      const wanted = readReset(asked);
      await gateway.reset(wanted);
      logins.clear(wanted.provider);
    } catch (error) {
      throw error instanceof TypeError ? new BadRequest(error.message) : error;
    }
    if (asked['deliveries'] === true) deliveries.clear();
  };

  const post = async (name: string, asked: Asked): Promise<unknown> => {
    switch (name) {
      case 'try':
        return trySomething(asked);
      case 'resend':
        return resend(asked);
      case 'load':
        return load(asked);
      case 'fire':
        return fire(asked);
      case 'login':
        await logins.logIn(await find.provider(asked['provider']), asked['scheme'], asked['grant']);
        return state();
      case 'logout':
        logins.logOut((await find.provider(asked['provider'])).provider, asked['scheme']);
        return state();
      case 'redeliver':
        return redeliver(asked['id']);
      case 'reset':
        await reset(asked);
        return state();
      case 'operation': {
        const { provider } = await find.provider(asked['provider']);
        return readDetails(provider, find.operation(provider, asked['operation']));
      }
      case 'check': {
        const { provider } = await find.provider(asked['provider']);
        return checkBody(find.operation(provider, asked['operation']), toInput(asked['input']));
      }
      case 'change':
        change(asked);
        return state();
      default:
        return undefined;
    }
  };

  return async (request: Request, name: string): Promise<Response> => {
    try {
      if (request.method === 'GET' && name === 'state') return json(await state());
      if (request.method === 'GET' && name === 'deliveries') return json(deliveries.recent());
      if (request.method === 'GET' && name === 'events') return openEvents(log, request.signal);
      const result = request.method === 'POST' ? await post(name, await readAsked(request)) : undefined;
      return result === undefined ? problem(404, 'Not found', 'The page does not exist in the console.') : json(result);
    } catch (error) {
      if (error instanceof BadRequest) return problem(400, 'Invalid request', error.message);
      return problem(500, 'The console failed', error instanceof Error ? error.message : String(error));
    }
  };
}

const json = (value: unknown): Response =>
  new Response(JSON.stringify(value), { headers: { 'content-type': 'application/json', 'cache-control': 'no-store' } });

function withoutSecrets(value: unknown, mask: (text: string) => string, sample: unknown): unknown {
  if (typeof value === 'string') return mask(value) === value ? value : sample;
  if (Array.isArray(value))
    return value.map((each, at) => withoutSecrets(each, mask, Array.isArray(sample) ? sample[at] : undefined));
  if (!isSchemaObject(value)) return value;
  const samples = isSchemaObject(sample) ? sample : {};
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name,
      withoutSecrets(each, mask, Object.hasOwn(samples, name) ? samples[name] : undefined),
    ]),
  );
}
