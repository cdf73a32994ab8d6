import { type ApiDescriptor, credentialsIn, type OperationDescriptor } from '../contract/index.ts';
import { maskText, writtenForms } from '../contract/mask-text.ts';
import { decodeComponent } from '../server/query.ts';
import { createRouter } from '../server/router.ts';
import { secretValues } from '../server/secret-values.ts';
import { type Received, readReceived, secretCarriers } from './exchange.ts';
import { issuerCredentials } from './issuer/names.ts';

/** The text that replaces a secret. */
const MASK = '•••';

/** Masks secrets in a text, including secrets that are percent-encoded or inside JSON. */
export type Mask = (text: string) => string;

/**
 * Creates the function that masks the given secrets in texts, including secrets that are URL-encoded, in JSON or in
 * Base64.
 */
export function createMask(values: Iterable<string>): Mask {
  const secrets = [...new Set(values)];
  return (text) => maskText(text, secrets, MASK, formsOf);
}

const formsOf = (value: string): readonly string[] => [
  ...writtenForms(value),
  btoa(String.fromCharCode(...new TextEncoder().encode(value))),
];

/** The demo secrets of a provider. */
export function secretsOf(api: ApiDescriptor, credentials: Readonly<Record<string, string>>): readonly string[] {
  const secret = Object.values(api.securitySchemes).flatMap((scheme) => {
    const names = credentialsIn(scheme).flatMap(({ name, secret: isSecret }) => (isSecret ? [name] : []));
    const { clientSecret, privateKey } = issuerCredentials(scheme.name);
    return [...names, clientSecret, privateKey].map((name) => credentials[name] ?? '');
  });
  return secret.filter((value) => value !== '');
}

/** The secrets in a request. The caller may have sent a real secret by mistake. */
export function presentedSecrets(
  api: ApiDescriptor,
  received: Received,
  operation?: OperationDescriptor,
): readonly string[] {
  const { headers, bytes } = received;
  const authorization = headers.get('authorization')?.replace(/^\S+\s+/, '');
  const values = secretCarriers(api).map((carrier) => readReceived(received, carrier));
  const given = operation === undefined ? [] : secretParameters(operation, received);
  const members = bytes === undefined ? [] : secretValues(bytes, new Set(api.secretNames));
  return [...values, ...given, ...members, authorization, headers.get('cookie')].filter(
    (value) => value !== undefined && value !== null,
  );
}

function secretParameters({ path, parameters }: OperationDescriptor, received: Received): (string | undefined)[] {
  return parameters
    .filter(({ secret }) => secret)
    .flatMap(({ in: place, name }) => {
      if (place !== 'path') return [readReceived(received, { in: place === 'querystring' ? 'query' : place, name })];
      // The path of the API is the end of the URL, under any mount path.
      const own = new URL(received.url).pathname.split('/').slice(1 - path.split('/').length);
      const text = createRouter([[path, true]]).find(`/${own.join('/')}`)?.values[name];
      return text === undefined ? [] : [text, decodeComponent(text)];
    });
}
