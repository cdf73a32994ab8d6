import type { FireRequest } from '@countersign/runtime/mock/fire';

/** Where `mock listen` is, unless told otherwise. */
export const LISTEN_PORT = 4011;

/** What `mock listen` says of itself at `/__mock/listen`. */
export type ListenerInfo = { readonly forwardTo: string };

/**
 * The listener of this machine: messages are signed for the address that it forwards to, and travel through it. Undefined where
 * nothing listens.
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
