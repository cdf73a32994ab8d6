import type { Gateway } from '@countersign/runtime/mock';
import { splitUrl } from '../../../runtime/server/url.ts';
import type { Workspace } from '../../config/workspace.ts';
import { serveDocs } from '../docs/serve-docs.ts';
import { serveGuide } from './guide.ts';
import { loadFires } from './load-fires.ts';

/** The input of the pages beside the console. */
export type PagesOptions = {
  readonly workspace: Workspace;
  readonly url: () => string;
  /** A provider is at the root, so that the console is not. */
  readonly providerAtRoot: boolean;
  readonly stateful: boolean;
};

type Pages = (request: Request, environment: unknown) => Promise<Response | undefined>;

/** The gateway's pages beside the providers: the console, loaded when it is first opened, and the docs. */
export const openPages =
  ({ workspace, url, providerAtRoot, stateful }: PagesOptions) =>
  (gateway: Gateway): Pages => {
    const docs = serveDocs(workspace);
    const guide = serveGuide(workspace);
    let console: Promise<Pages> | undefined;
    const openConsole = async (): Promise<Pages> => {
      const [{ createConsolePages }, fires, { makeConsoleAssets }] = await Promise.all([
        import('@countersign/runtime/mock/console'),
        loadFires(workspace),
        import('./console-assets.ts'),
      ]);
      const atRoot = !providerAtRoot;
      const { scope } = workspace;
      return createConsolePages({
        gateway,
        url,
        fires,
        stateful,
        docs: true,
        scope,
        atRoot,
        assets: makeConsoleAssets,
      });
    };
    return async (request, environment) => {
      // Runs for every request, so that it creates no URL object.
      const { path } = splitUrl(request.url, '');
      if ((path === '/' && !providerAtRoot) || path.startsWith('/__console')) {
        console ??= openConsole();
        return (await console)(request, environment);
      }
      // With a provider at the root, the path may be one of its own.
      if (path.startsWith('/guide') && !providerAtRoot) return guide(request);
      return path.startsWith('/docs') ? docs(request) : undefined;
    };
  };
