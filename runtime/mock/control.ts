import { refuseForeign } from './console/guard.ts';
import type { Memory } from './memory/memory.ts';
import { problem } from './problem.ts';
import { type Reset, readReset } from './reset.ts';
import type { Slot } from './slot.ts';

/** The prefix of the mock's own paths, which belong to no provider. */
export const CONTROL = '/__mock/';

/** Functions of the mock that programs can call. */
export type Controlled = {
  readonly slots: readonly Slot[];
  memory(provider: string): Memory | undefined;
  reset(reset: Reset): Promise<void>;
};

type Control = (request: Request, environment: unknown, name: string) => Promise<Response | undefined>;

/**
 * Creates the API of the mock for programs: `POST /__mock/reset` deletes the state, `GET /__mock/resources` lists the
 * roles of operations and the stored items. Only requests from this machine are accepted.
 */
export function createControl(gateway: Controlled): Control {
  return async (request, environment, name) => {
    if (name !== 'reset' && name !== 'resources') return undefined;
    const refused = refuseForeign(request, environment, { anyType: true });
    if (refused !== undefined) return problem(403, 'Forbidden', refused);
    if (name === 'resources') {
      if (request.method !== 'GET') return problem(405, 'Method not allowed', 'Use GET.');
      return Response.json(await resourcesOf(gateway));
    }
    if (request.method !== 'POST') return problem(405, 'Method not allowed', 'Use POST.');
    const text = await request.text();
    try {
      await gateway.reset(readReset(text === '' ? undefined : JSON.parse(text)));
      return new Response(null, { status: 204 });
    } catch (error) {
      if (error instanceof TypeError || error instanceof SyntaxError)
        return problem(400, 'Invalid reset', error.message);
      throw error;
    }
  };
}

/** Returns the operations of each provider with their roles, and the number of stored items. */
async function resourcesOf({ slots, memory }: Controlled) {
  const listed = slots.map(async (slot) => {
    const loaded = await slot.get().catch(() => undefined);
    const own = memory(slot.name);
    const operations = (loaded?.provider.operations ?? []).map(({ descriptor: { id, method, path } }) => {
      const role = own?.roles.get(id);
      return {
        operation: id,
        method,
        path,
        action: role?.action ?? null,
        collection: role?.collection ?? null,
        id: role?.ids[0] ?? null,
      };
    });
    const kept = Object.entries(own?.collections.stored ?? {}).map(([path, items]) => [path, items.length] as const);
    return [slot.name, { operations, kept: Object.fromEntries(kept) }] as const;
  });
  return Object.fromEntries(await Promise.all(listed));
}
