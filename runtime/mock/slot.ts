import { Hono } from 'hono';
import type { Server } from '../server/index.ts';
import { createMask, type Mask, secretsOf } from './mask.ts';
import type { MockProvider } from './types.ts';

/** A running mock of a provider. */
export type Served = {
  readonly provider: MockProvider;
  /** Handles requests under the prefix of the provider. */
  readonly fetch: (request: Request, environment?: unknown) => Response | Promise<Response>;
};

/** A running mock of a provider, with the function that masks its secrets. */
export type LoadedProvider = Served & { readonly mask: Mask };

/** Mounts a server under a prefix. */
export function mount({ app }: Server, prefix: string): Served['fetch'] {
  const mounted = new Hono().route(prefix === '' ? '/' : prefix, app);
  return (request, environment) => mounted.fetch(request, environment as object);
}

/** Loads a provider. Rejects with the errors of its spec. */
export type LoadProvider = () => Promise<MockProvider>;

/** One provider of a gateway. It is loaded on first use, and again after its spec was saved. */
export type Slot = {
  readonly name: string;
  /** The prefix of the provider: `/dicey-fun`, or empty at the root. */
  readonly prefix: string;
  /** Returns the last version that could be loaded. Rejects if there is none. */
  get(): Promise<LoadedProvider>;
  /** Loads the provider again. Resolves to false if the new version is invalid; the old version then stays active. */
  reload(): Promise<boolean>;
  /** Why the last load failed. Undefined if it succeeded. */
  readonly problem: string | undefined;
};

/** Loads one provider on first use and again when its spec changes. The last valid version stays active. */
export function createSlot(
  { name, prefix, load }: { readonly name: string; readonly prefix: string; readonly load: LoadProvider },
  serve: (provider: MockProvider, prefix: string) => Served | Promise<Served>,
): Slot {
  let current: Promise<LoadedProvider> | undefined;
  let problem: string | undefined;

  const make = async (): Promise<LoadedProvider> => {
    const { provider, fetch } = await serve(await load(), prefix);
    return { provider, fetch, mask: createMask(secretsOf(provider.api, provider.credentials)) };
  };
  const attempt = async (): Promise<LoadedProvider> => {
    try {
      const made = await make();
      problem = undefined;
      return made;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      throw error;
    }
  };

  return {
    name,
    prefix,
    get problem() {
      return problem;
    },
    get() {
      if (!current) {
        const made = attempt();
        current = made;
        // The next request tries again.
        made.catch(() => {
          if (current === made) current = undefined;
        });
      }
      return current;
    },
    async reload() {
      try {
        const made = await attempt();
        current = Promise.resolve(made);
        return true;
      } catch {
        return false;
      }
    },
  };
}
