import { createConsolePages, type Gateway } from '@countersign/runtime/mock';
import { serveDocs } from '../docs/serve-docs.ts';
import type { Workspace } from '../workspace.ts';
import { makeConsoleAssets } from './console-assets.ts';
import { fires } from './fires.ts';

export type PagesOptions = {
  readonly workspace: Workspace;
  readonly url: () => string;
  /** A provider is at the root, so the console is not. */
  readonly providerAtRoot: boolean;
  readonly stateful: boolean;
};

/** The gateway's pages beside the providers: the console and the docs. */
export const openPages =
  ({ workspace, url, providerAtRoot, stateful }: PagesOptions) =>
  (gateway: Gateway) => {
    const console = createConsolePages({
      gateway,
      url,
      fires,
      stateful,
      docs: true,
      atRoot: !providerAtRoot,
      assets: makeConsoleAssets,
    });
    const docs = serveDocs(workspace);
    return async (request: Request, environment: unknown): Promise<Response | undefined> =>
      (await console(request, environment)) ?? docs(request);
  };
