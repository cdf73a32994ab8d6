import { bodyText } from '../body-text.ts';
import type { Received } from '../exchange.ts';
import type { Deliveries } from '../fire/deliveries.ts';
import { noRedirects, redirected } from '../fire/hear.ts';
import { type Fire, type FiredCall, type FireReport, fireEvents } from '../fire/index.ts';
import type { Gateway } from '../gateway.ts';
import { createMask, secretsOf } from '../mask.ts';
import { send } from '../send.ts';
import type { ExampleInput, MockOperation } from '../types.ts';
import { type Asked, BadRequest, type Finder } from './asked.ts';
import type { FireKind } from './state.ts';

/** The results of webhooks that the console sent. */
export type Fired = FireReport;

/** Maximum number of calls to list in a report. All calls are counted. */
const MOST = 200;

/** Creates the function that sends webhooks to the address that the page names, and logs each. */
export const createFiring =
  (gateway: Gateway, find: Finder, fires: Readonly<Record<string, Fire>>, deliveries: Deliveries) =>
  async (asked: Asked, again?: Fire): Promise<Fired> => {
    const { to, event } = asked;
    if (typeof to !== 'string') throw new BadRequest('Enter the URL of your endpoint.');
    const { provider } = await find.provider(asked['provider']);
    const operation = typeof event === 'string' && event !== '' ? find.operation(provider, event) : undefined;
    const plugin = own(fires, provider.api.provider);
    const run = again ?? (operation || !plugin ? fireEvents : plugin);
    const user = typeof asked['user'] === 'string' && asked['user'] !== '' ? asked['user'] : undefined;
    const mask = createMask(secretsOf(provider.api, provider.credentials));
    let sent: Received | undefined;
    const report = await run({
      provider,
      to,
      count: Math.min(Math.max(1, Math.floor(Number(asked['count']) || 1)), 100_000),
      repeatId: asked['repeatId'] === true,
      retry: asked['retry'] !== false,
      ...(Number(asked['rate']) > 0 && { rate: Math.min(Number(asked['rate']), 1000) }),
      ...(user !== undefined && { user }),
      onDelivery: (delivery) => void deliveries.add(provider, delivery),
      ...(operation && { operation: operation.descriptor.id }),
      fetch: (url, init) => {
        const bytes = typeof init.body === 'string' ? new TextEncoder().encode(init.body) : init.body;
        const kept = bytes instanceof Uint8Array ? bytes : undefined;
        sent = {
          method: init.method ?? 'GET',
          url,
          headers: new Headers(init.headers),
          bytes: kept ?? new Uint8Array(),
        };
        return noRedirects(url, init);
      },
      onCall: ({ operation: id, ok, status, ms, body, problem }) => {
        const request = sent;
        const pairs = [...(request?.headers ?? [])].map(([name, value]) => [name, mask(value)]);
        const text = request ? bodyText(request.bytes ?? new Uint8Array(), request.headers.get('content-type')) : '';
        gateway.log.add(
          () => ({
            at: gateway.clock(),
            provider: provider.api.provider,
            operation: id,
            method: find.operation(provider, id).descriptor.method,
            path: mask(request?.url ?? to),
            status: status ?? 0,
            code: undefined,
            ok,
            ms,
            example: undefined,
            fault: undefined,
            problems: problem === undefined ? [] : [mask(problem)],
            outgoing: true,
            request: { headers: Object.fromEntries(pairs), body: mask(text).slice(0, 16_384) },
            response: { headers: {}, body: mask(body).slice(0, 16_384) },
          }),
          request,
        );
      },
    }).catch((error: unknown) => {
      throw error instanceof TypeError ? new BadRequest(error.message) : error;
    });
    return { ...report, calls: report.calls.slice(0, MOST) };
  };

/** Creates the function that sends a logged delivery again, with a new signature. */
export const fireAgain =
  ({ descriptor: { id } }: MockOperation, input: ExampleInput): Fire =>
  async ({ provider, to, fetch = noRedirects, onCall }) => {
    const { response, error, ms } = await send({ provider, operation: id, input, baseUrl: to, endpoint: to, fetch });
    const { status, body = '' } = response ?? {};
    const problem = redirected(status) ?? error;
    const call: FiredCall = { operation: id, what: id, ok: problem === undefined, status, body, ms, problem };
    onCall?.(call);
    return {
      ok: call.ok,
      summary: call.ok ? 'Accepted.' : 'Rejected.',
      details: problem ? [problem] : [],
      calls: [call],
    };
  };

const own = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** Returns the kind of form for each provider that sends webhooks. */
export function fireKinds({ slots }: Gateway, fires: Readonly<Record<string, Fire>>) {
  return async (): Promise<Readonly<Record<string, FireKind>>> => {
    const kinds: Record<string, FireKind> = {};
    for (const slot of slots) {
      const operations = (await slot.get().catch(() => undefined))?.provider.operations ?? [];
      const webhooks = operations.filter(({ descriptor }) => descriptor.webhook);
      if (own(fires, slot.name)) kinds[slot.name] = webhooks.length > 0 ? 'rows' : 'user';
      else if (webhooks.length > 0) kinds[slot.name] = 'events';
    }
    return kinds;
  };
}
