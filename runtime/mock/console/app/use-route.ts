import { useEffect, useState } from 'preact/hooks';

/** The page that is shown: `#/<provider>/<operation>`. */
export type Route = { readonly provider: string; readonly operation: string };

/** `#/dicey-fun/getGameList` */
export const hrefOf = (provider: string, operation = ''): string =>
  `#/${encodeURIComponent(provider)}${operation === '' ? '' : `/${encodeURIComponent(operation)}`}`;

function read(): Route {
  const [, provider = '', operation = ''] = location.hash.split('/').map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return '';
    }
  });
  return { provider, operation };
}

/** What the address says; it changes with links and with the browser's own back and forward. */
export function useRoute(): Route {
  const [route, setRoute] = useState(read);
  useEffect(() => {
    const follow = (): void => {
      // A jump within the page, such as the skip link, is no route.
      if (!location.hash.startsWith('#/') && location.hash !== '') return;
      setRoute(read());
      document.getElementById('main')?.scrollTo(0, 0);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}
