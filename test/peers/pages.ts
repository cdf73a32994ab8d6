import { expect } from 'vitest';
import type { Service } from './services.ts';

const url = (items: string, next: string) => ({ kind: 'url', items, next });
const cursor = (items: string, place: string, next: string | object) => ({
  kind: 'cursor',
  items,
  cursor: place,
  next,
});
const NESTED = ['/nestedItems/pets', '/nestedNext/nextToken'] as const;
const IN_HEADER = { header: 'next-token' };
/** The parts that the suite requires in every request with a continuation token. */
const NAMED = { query: { bar: 'bar' }, headers: { foo: 'foo' } };

/**
 * The `x-cs-page` of each operation, by operationId. TypeSpec describes paging, and OpenAPI cannot. Scenarios of these
 * operations run through `rows` of our client.
 */
export const PAGES: Readonly<Record<string, { readonly page: object; readonly input?: object }>> = {
  ServerDrivenPagination_link: { page: url('/pets', '/next') },
  ServerDrivenPagination_linkString: { page: url('/pets', '/next') },
  ServerDrivenPagination_nestedLink: { page: url('/nestedItems/pets', '/nestedNext/next') },
  AlternateInitialVerb_post: { page: url('/pets', '/next'), input: { body: { filter: 'foo eq bar' } } },
  ContinuationToken_requestQueryResponseBody: { page: cursor('/pets', 'token', '/nextToken'), input: NAMED },
  ContinuationToken_requestHeaderResponseBody: { page: cursor('/pets', '/headers/token', '/nextToken'), input: NAMED },
  ContinuationToken_requestQueryResponseHeader: { page: cursor('/pets', 'token', IN_HEADER), input: NAMED },
  ContinuationToken_requestHeaderResponseHeader: { page: cursor('/pets', '/headers/token', IN_HEADER), input: NAMED },
  ContinuationToken_requestQueryNestedResponseBody: { page: cursor(NESTED[0], 'token', NESTED[1]), input: NAMED },
  ContinuationToken_requestHeaderNestedResponseBody: {
    page: cursor(NESTED[0], '/headers/token', NESTED[1]),
    input: NAMED,
  },
  XmlPagination_listWithContinuation: { page: cursor('/pets', 'marker', '/nextMarker') },
  XmlPagination_listWithNextLink: { page: url('/pets', '/nextLink') },
};

type Rows = { rows(input: object): AsyncIterable<{ readonly id: string }> };

/** The operation that a scenario pages, by its name: `…_link` of `ServerDrivenPagination_link`. */
export const pagedOf = (scenario: string): string | undefined =>
  Object.keys(PAGES).find((id) => scenario.endsWith(`_${id}`));

/** Our generated client reads the list of the suite's server, page by page. */
export async function readPages(services: readonly Service[], baseUrl: string, id: string): Promise<void> {
  for (const { operations, createClient } of services) {
    const [name] = Object.entries(operations).find(([, one]) => one.id === id) ?? [];
    if (name === undefined) continue;
    const client = createClient({ baseUrl, environment: {}, retry: false, logger: {} });
    const found: unknown[] = [];
    for await (const row of (client[name] as unknown as Rows).rows(PAGES[id]?.input ?? {})) found.push(row.id);
    return expect(found).toEqual(['1', '2', '3', '4']);
  }
  throw new Error(`The suite has no ${id}`);
}
