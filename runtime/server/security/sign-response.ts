import { type ApiDescriptor, type OperationDescriptor, own, type SignatureScheme } from '../../contract/index.ts';
import { recipeSigner, signOutgoing } from '../../signing/index.ts';
import type { Call } from '../call.ts';
import type { Outgoing } from '../response.ts';

/**
 * Adds the values and the signature of a scheme to a response, with the credentials that signed the request.
 * @throws {TypeError} if the response is a stream, whose bytes are unknown
 */
async function signResponse(
  responses: NonNullable<SignatureScheme['responses']>,
  call: Call,
  given: Outgoing,
): Promise<Outgoing> {
  const signed = call.signedBy(responses.name);
  const { recipe, ...scheme } = responses;
  if (!signed || !recipe) return given;
  const { body, contentType } = given;
  if (body !== null && typeof body !== 'string' && !(body instanceof Uint8Array))
    throw new TypeError('A stream or file response cannot be signed');
  const response = {
    method: call.method,
    status: given.status,
    url: call.publicUrl,
    headers: new Headers(contentType === undefined ? {} : { 'content-type': contentType }),
    body: (body ?? undefined) as string | Uint8Array<ArrayBuffer> | undefined,
  };
  const values = { credentials: signed.credentials, now: call.now };
  await signOutgoing(responses, recipeSigner({ ...scheme, recipe }), response, values);
  const { 'content-type': type = contentType, ...headers } = Object.fromEntries(response.headers);
  return { ...given, body: response.body ?? null, contentType: type, headers: { ...given.headers, ...headers } };
}

/** The signature schemes of an operation, without duplicates. */
export const signaturesOf = (
  { security }: OperationDescriptor,
  { securitySchemes }: ApiDescriptor,
): readonly SignatureScheme[] =>
  [...new Set(security.flat())].flatMap((name) => {
    const scheme = own(securitySchemes, name);
    return scheme?.kind === 'signature' ? [scheme] : [];
  });

/** Signs a response with each scheme that signed the request; undefined if none of them signs responses. */
export function compileResponseSigner(
  operation: OperationDescriptor,
  api: ApiDescriptor,
): ((call: Call, outgoing: Outgoing) => Promise<Outgoing>) | undefined {
  const signing = signaturesOf(operation, api).flatMap(({ responses }) => (responses ? [responses] : []));
  if (signing.length === 0) return undefined;
  return async (call, outgoing) => {
    let signed = outgoing;
    for (const responses of signing) signed = await signResponse(responses, call, signed);
    return signed;
  };
}
