import type { MockProvider } from '../types.ts';

type Node = Readonly<Record<string, unknown>>;
const asNode = (value: unknown): Node => (typeof value === 'object' && value !== null ? (value as Node) : {});
const asList = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.map(asNode) : []);
const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A server of the document. */
export type ServerState = { readonly name: string; readonly url: string };

/** The servers that have a name (OpenAPI 3.2). */
export const serversOf = ({ document }: MockProvider): readonly ServerState[] =>
  asList(asNode(document)['servers'])
    .map(({ name, url }) => ({ name: asText(name), url: asText(url) }))
    .filter(({ name }) => name !== '');

/** The text of a tag: `Carts, in The Shop (nav)`. */
export function tagLabel({ document }: MockProvider, name: string): string {
  const tags = asList(asNode(document)['tags']);
  const found = tags.find((tag) => tag['name'] === name) ?? {};
  const parent = tags.find((tag) => tag['name'] === found['parent']);
  const title = (tag: Node): string => asText(tag['summary']) || asText(tag['name']);
  const kind = asText(found['kind']);
  return [
    title({ name, ...found }),
    ...(parent ? [`, in ${title(parent)}`] : []),
    ...(kind ? [` (${kind})`] : []),
  ].join('');
}

/** Whether the document marks a security scheme as deprecated (OpenAPI 3.2). */
export const isDeprecated = ({ document }: MockProvider, scheme: string): boolean =>
  asNode(asNode(asNode(asNode(document)['components'])['securitySchemes'])[scheme])['deprecated'] === true;
