import type { ApiDescriptor } from '@countersign/runtime/contract';
import type { Position } from '../common/diagnostics/diagnostic.ts';
import { buildEnvelope } from './envelope.ts';
import { buildOperations } from './operations.ts';
import { asNode, asText } from './reader.ts';
import { findSecretNames } from './secret-names.ts';
import { buildSecuritySchemes } from './security.ts';
import { buildServer, defaultUrl } from './servers.ts';
import { buildTimeout } from './timeout.ts';
import type { Api, ExpandedDocument, JsonSchema } from './types.ts';

/** The input document of a model. */
export type Expanded = {
  readonly document: ExpandedDocument;
  readonly locate: (pointer: string) => Position;
};

/**
 * Converts the expanded document to the plain data that emitters read. No later stage sees raw OpenAPI.
 *
 * @param file the file that the document was read from
 */
export function buildApi({ document, locate }: Expanded, provider: string, file = 'openapi.yaml'): Api {
  // Published documents may have no `info`, which is then a warning.
  const info = asNode(document.info);
  const server = buildServer(document.servers);
  const base = server === undefined ? '' : defaultUrl(server).replace(/\/+$/, '');
  const basePath = /^[a-z][\w+.-]*:\/\/[^/]*(\/.*)$/i.exec(base)?.[1] ?? (base.startsWith('/') ? base : '');
  const securitySchemes = buildSecuritySchemes(document, provider, basePath);
  const byName = new Map(securitySchemes.map(({ descriptor }) => [descriptor.name, descriptor]));
  const operations = buildOperations(document, byName);
  const secretNames = findSecretNames(document, operations, securitySchemes);
  const descriptor: ApiDescriptor = {
    provider,
    title: wordOf(info.title),
    version: wordOf(info.version),
    baseUrl: server === undefined ? '' : defaultUrl(server),
    ...((server?.variables || server?.named) && { server }),
    envelope: buildEnvelope(document['x-cs-envelope']),
    securitySchemes: Object.fromEntries(byName),
    ...(secretNames.length > 0 && { secretNames }),
    ...buildTimeout(document['x-cs-timeout']),
  };
  return {
    provider,
    specFile: file.endsWith('.json') ? 'openapi.json' : 'openapi.yaml',
    descriptor,
    summary: asText(info.summary),
    description: asText(info.description),
    operations,
    securitySchemes,
    schemas: new Map(Object.entries(asNode(document.components?.schemas)) as [string, JsonSchema][]),
    document,
    locate,
  };
}

/** YAML reads an unquoted version such as `1.1` as a number. */
const wordOf = (value: unknown): string => (typeof value === 'number' ? String(value) : asText(value));
