import type { FireRequest } from '@countersign/runtime/mock/fire';

/** Default URL of `mock listen`. */
export const LISTEN_PORT = 4011;

/** The response of `mock listen` at `/__mock/listen`. */
export type ListenerInfo = { readonly forwardTo: string };

/**
 * The listener on this machine. Messages are signed for its target address and sent through it. Undefined if nothing
 * listens.
 */
export async function findListener(
  url: string = `http://127.0.0.1:${LISTEN_PORT}`,
): Promise<Pick<FireRequest, 'to' | 'fetch'> | undefined> {
  try {
    const response = await fetch(`${url}/__mock/listen`, { signal: AbortSignal.timeout(2000) });
    const { forwardTo } = (await response.json()) as ListenerInfo;
    return {
      to: forwardTo,
      fetch: (target, init) => fetch(new URL(new URL(target).search, url), { ...init, redirect: 'manual' }),
    };
  } catch {
    return undefined;
  }
}
