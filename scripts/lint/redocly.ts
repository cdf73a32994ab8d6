import type { BaseResolver, Document } from '@redocly/openapi-core';
import { decode, resolveUri } from '../load/references/resolve-uri.ts';
import type { importRedocly } from './import-redocly.ts';

/** The used parts of `@redocly/openapi-core`. */
export type Redocly = Awaited<ReturnType<typeof importRedocly>>;

let loading: Promise<Redocly> | undefined;

/** Redocly takes long to load. A run without changes never loads it. */
export function loadRedocly(): Promise<Redocly> {
  // Only the command line sends usage data; the library reads the same switch, should it ever.
  process.env.REDOCLY_TELEMETRY ??= 'off';
  process.env.REDOCLY_SUPPRESS_UPDATE_NOTICE ??= 'true';
  loading ??= import('./import-redocly.ts').then((module) => module.importRedocly());
  return loading;
}

/**
 * Reads only from loaded files, without disk and network.
 * @param links the real path of each symbolic link
 */
export function createResolver(
  redocly: Redocly,
  documents: ReadonlyMap<string, Document>,
  links: ReadonlyMap<string, string> = new Map(),
): BaseResolver {
  const refuse = () => new redocly.ResolveError(new Error('not part of the document'));
  class LoadedResolver extends redocly.BaseResolver {
    override resolveExternalRef(base: string | null, ref: string): string {
      // Files are known by the names that they have on disk.
      const file = base === null ? ref : resolveUri(base, decode(ref) ?? ref);
      return links.get(file) ?? file;
    }
    override loadExternalRef(): Promise<never> {
      return Promise.reject(refuse());
    }
    override async resolveDocument<T>(base: string | null, ref: string): Promise<Document<T>> {
      const document = documents.get(this.resolveExternalRef(base, ref));
      if (!document) throw refuse();
      return document as Document<T>;
    }
  }
  return new LoadedResolver();
}
