import {
  own,
  type RetryDescriptor,
  type SecuritySchemeDescriptor,
  type SignatureScheme,
} from '@countersign/runtime/contract';
import { markdownCode, markdownText } from '../../common/text/literal.ts';
import { asNode } from '../../model/reader.ts';
import type { Api, Operation } from '../../model/types.ts';

/** Rules of the contract that Redoc does not show: signing, retries and the limits of a call. */
export function factsOf({ descriptor: api, document }: Api, { descriptor }: Operation): string {
  const schemes = [...new Set(descriptor.security.flat())].flatMap((name) => own(api.securitySchemes, name) ?? []);
  const { attempt, call } = { ...api.timeout, ...descriptor.timeout };
  const rows: readonly (readonly [name: string, text: string])[] = [
    ...schemes.flatMap((scheme) => describeScheme(scheme)),
    ...deprecatedOf(document, schemes),
    ['Retries', describeRetry(descriptor.retry)],
    ...(attempt === undefined ? [] : [['Time limit of an attempt', `${attempt} ms`] as const]),
    ...(call === undefined ? [] : [['Time limit of a call', `${call} ms, with all retries`] as const]),
    ...(descriptor.timeout?.response === undefined
      ? []
      : [['Time limit of the response', `${descriptor.timeout.response} ms`] as const]),
    ...(descriptor.batch ? [['Batches', `at most ${descriptor.batch.max} items in one request`] as const] : []),
    ...(descriptor.page ? [['Pages', 'the client reads all pages by `rows()` and `pages()`'] as const] : []),
  ];
  return ['| rule | contract |', '| --- | --- |', ...rows.map(([name, text]) => `| ${name} | ${text} |`)].join('\n');
}

function describeScheme(scheme: SecuritySchemeDescriptor): readonly (readonly [name: string, text: string])[] {
  if (scheme.kind === 'signature') return [['Signature', describeSignature(scheme)]];
  if (scheme.kind === 'session')
    return [
      ['Session', `a token of ${scheme.operations.map(markdownCode).join(' or ')}; the client logs in by itself`],
    ];
  if (scheme.kind === 'bearer' && scheme.oauth) return [['OAuth 2', 'the client requests and renews the token']];
  return [];
}

/** Security schemes of the operation that the document calls deprecated. */
function deprecatedOf(
  document: Api['document'],
  schemes: readonly SecuritySchemeDescriptor[],
): readonly (readonly [name: string, text: string])[] {
  const declared = asNode(document.components?.securitySchemes);
  const names = schemes.flatMap(({ name }) => (asNode(declared[name]).deprecated === true ? [markdownCode(name)] : []));
  return names.length === 0 ? [] : [['Deprecated security scheme', names.join(', ')]];
}

function describeSignature({ algorithm, signature, timestamp, nonce, id, replay }: SignatureScheme): string {
  const at = ({ in: place, name }: { readonly in: string; readonly name: string }): string =>
    `${markdownText(place)} ${markdownCode(name)}`;
  return [
    `${markdownCode(algorithm)} in ${at(signature)}`,
    ...(timestamp ? [`timestamp in ${at(timestamp)}, valid for ${timestamp.tolerance} s`] : []),
    ...(nonce ? [`nonce in ${at(nonce)}, new for each attempt`] : []),
    ...(id ? [`message id in ${at(id)}`] : []),
    ...(replay === 'none' ? [] : ['a replay is rejected']),
  ].join('; ');
}

function describeRetry(retry: RetryDescriptor): string {
  if (retry === 'never') return 'never: the client sends a call at most once';
  if (retry === 'safe' || retry === 'idempotent')
    return 'the client retries after errors of the connection and of the server, because a repeated call has no further effect';
  if ('idempotent' in retry) {
    const { in: place, name } = retry.idempotent.key;
    return `the client retries with the same key in ${markdownText(place)} ${markdownCode(name)}`;
  }
  return `the client retries if ${markdownCode(retry.confirm.operation)} shows that the call had no effect`;
}
