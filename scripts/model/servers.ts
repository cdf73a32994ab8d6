import type { ServerDescriptor } from '@countersign/runtime/contract';
import { asList, asNode, asText } from './reader.ts';

/** The first server of a list, and all servers with a name; undefined if the first has no URL. */
export function buildServer(servers: unknown): ServerDescriptor | undefined {
  const [first, ...others] = asList(servers).map(asNode);
  const built = buildOne(first ?? {});
  if (!built) return undefined;
  const named = [first ?? {}, ...others].flatMap((server) => {
    const one = buildOne(server);
    return one && typeof server.name === 'string' ? [[server.name, one] as const] : [];
  });
  return { ...built, ...(named.length > 0 && { named: Object.fromEntries(named) }) };
}

function buildOne(server: ReturnType<typeof asNode>): Omit<ServerDescriptor, 'named'> | undefined {
  if (typeof server.url !== 'string') return undefined;
  const names = new Set([...server.url.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name));
  const variables = Object.entries(asNode(server.variables))
    .filter(([name]) => names.has(name))
    .map(([name, value]) => {
      const variable = asNode(value);
      const values = asList(variable.enum).filter((item) => typeof item === 'string');
      return [name, { default: asText(variable.default), ...(values.length > 0 && { enum: values }) }] as const;
    });
  return {
    url: server.url.replace(/\/+$/, ''),
    ...(variables.length > 0 && { variables: Object.fromEntries(variables) }),
  };
}

/** The URL of a server, with the defaults of its variables. */
export function defaultUrl({ url, variables = {} }: ServerDescriptor): string {
  const filled = url.replace(/\{([^{}]*)\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name]?.default ?? whole) : whole,
  );
  // A URL without a scheme has the scheme of the document, which is loaded by https in production.
  return filled.replace(/\/+$/, '').replace(/^\/\/(?=[^/])/, 'https://');
}
