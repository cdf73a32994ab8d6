import type { ServerDescriptor } from '@countersign/runtime/contract';
import { asList, asNode, asText } from './reader.ts';

/** The first of a list of servers; undefined where the list names none. */
export function buildServer(servers: unknown): ServerDescriptor | undefined {
  const server = asNode(asList(servers)[0]);
  if (typeof server.url !== 'string') return undefined;
  const named = new Set([...server.url.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name));
  const variables = Object.entries(asNode(server.variables))
    .filter(([name]) => named.has(name))
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

/** Its URL with the defaults of its variables in place. */
export function defaultUrl({ url, variables = {} }: ServerDescriptor): string {
  const filled = url.replace(/\{([^{}]*)\}/g, (whole, name: string) =>
    Object.hasOwn(variables, name) ? (variables[name]?.default ?? whole) : whole,
  );
  return filled.replace(/\/+$/, '');
}
