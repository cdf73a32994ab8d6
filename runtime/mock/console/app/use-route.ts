import { useLayoutEffect, useState } from 'preact/hooks';

/** The page of an address. */
export type Route =
  | { readonly page: 'home' }
  | { readonly page: 'provider'; readonly provider: string }
  /** @param entry the entry of the log whose input fills the form */
  | { readonly page: 'operation'; readonly provider: string; readonly operation: string; readonly entry?: number }
  | { readonly page: 'webhooks'; readonly provider: string; readonly event: string }
  | { readonly page: 'compare'; readonly entries: readonly [number, number] }
  | { readonly page: 'unknown' };

const path = (...parts: readonly string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`;

/** The address of a page: `#/dicey-fun/getGameList`. */
export const hrefOf = (provider: string, operation = ''): string =>
  operation === '' ? path(provider) : path(provider, operation);

/** The address of the page of webhooks. The name of a provider never begins with `~`. */
export const webhooksHref = (provider: string, event = ''): string =>
  event === '' ? path('~webhooks', provider) : path('~webhooks', provider, event);
export const compareHref = (a: number, b: number): string => path('~compare', String(a), String(b));
/** The address of the form of an operation, filled with a logged request. */
export const editHref = (provider: string, operation: string, entry: number): string =>
  path(provider, operation, String(entry));

/** The page of an address. */
function toRoute(hash: string): Route {
  const parts = hash
    .replace(/^#\/?/, '')
    .split('/')
    .map((part) => {
      try {
        return decodeURIComponent(part);
      } catch {
        return part;
      }
    });
  const [first = '', second = '', third = '', ...more] = parts;
  if (more.length > 0) return { page: 'unknown' };
  if (first === '') return { page: second === '' ? 'home' : 'unknown' };
  if (first === '~webhooks' && second !== '') return { page: 'webhooks', provider: second, event: third };
  if (first === '~compare' && /^\d+$/.test(second) && /^\d+$/.test(third))
    return { page: 'compare', entries: [Number(second), Number(third)] };
  if (first.startsWith('~')) return { page: 'unknown' };
  if (second === '') return { page: 'provider', provider: first };
  if (third !== '' && !/^\d+$/.test(third)) return { page: 'unknown' };
  return { page: 'operation', provider: first, operation: second, ...(third !== '' && { entry: Number(third) }) };
}

/** The current address. It changes with links and with the browser's back and forward buttons. */
export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  // This runs before the first paint, so that no change is missed.
  useLayoutEffect(() => {
    const follow = (): void => {
      // A jump within the page, such as the skip link, does not change the route.
      if (!location.hash.startsWith('#/') && location.hash !== '') return;
      setHash(location.hash);
      document.getElementById('main')?.scrollTo(0, 0);
      scrollTo(0, 0);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return toRoute(hash);
}
