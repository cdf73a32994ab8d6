import type { SignatureScheme } from '../contract/index.ts';
import { withoutSignature } from './body.ts';
import type { Data } from './bytes.ts';
import { readCarrierValues } from './carriers.ts';
import { toSigningInput } from './input.ts';
import { relabelled } from './labels.ts';
import { type Outgoing, sourceOf } from './place.ts';
import { recipeSigner } from './recipe/recipe.ts';
import type { AnySigner, SigningInput } from './signer.ts';
import { readTime } from './times.ts';

/** Why the signature of a response is not accepted. */
export type ResponseFlaw =
  | 'no signature'
  | 'a signature that is wrong'
  | 'a timestamp that is not within the tolerance';

/** The signed message. Undefined if the response lacks a value that its signature must cover. */
async function messageOf(signer: AnySigner, input: SigningInput): Promise<Data | undefined> {
  try {
    return await signer.stringToSign(input);
  } catch {
    return undefined;
  }
}

/**
 * Verifies the signature of a response whose bytes are complete. Undefined if the signature is correct.
 * @param now the time in milliseconds since 1970
 */
export async function responseFlaw(
  { recipe, ...scheme }: NonNullable<SignatureScheme['responses']>,
  response: Omit<Outgoing, 'body'> & { readonly body: Uint8Array<ArrayBuffer> },
  credentials: Readonly<Record<string, string>>,
  now: number,
): Promise<ResponseFlaw | undefined> {
  if (!recipe) return undefined;
  const { timestamp: time, nonce, id, signature, packed } = scheme;
  const source = relabelled(sourceOf(response), scheme);
  const [at, once, message, made] = [time, nonce, id, signature].map((carrier) => {
    if (!carrier) return '';
    const values = readCarrierValues(source, carrier);
    return typeof values === 'string' ? undefined : values[0];
  });
  if (at === undefined || once === undefined || message === undefined || made === undefined) return 'no signature';
  const sent = time && readTime(time, at);
  if (time && (sent === undefined || Math.abs(now - sent) > time.tolerance * 1000 + 999))
    return 'a timestamp that is not within the tolerance';
  const input = toSigningInput(scheme, {
    ...response,
    body: withoutSignature(response.body, signature, response.headers.get('content-type')),
    timestamp: at,
    nonce: once || message,
    id: message,
    packed: packed ? (source.header(packed.name) ?? '').slice(packed.prefix.length) : '',
    now,
    credentials,
  });
  const signer = recipeSigner({ ...scheme, recipe });
  const signed = await messageOf(signer, input);
  const right = signed !== undefined && (await signer.verify?.(signed, made, input));
  return right === true ? undefined : 'a signature that is wrong';
}
