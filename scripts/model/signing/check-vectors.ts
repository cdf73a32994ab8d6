import type { SignatureScheme } from '@countersign/runtime/contract';
import { checkVector, signerOf } from '@countersign/runtime/signing';
import type { Api, SecurityScheme } from '../types.ts';
import type { Tell } from './check-names.ts';

/** Characters of a string to sign that a message shows. */
const LONGEST = 600;

/** Replaces the credentials that no request contains with their names. */
function secretsHidden(
  { credentials }: SignatureScheme,
  given: { readonly [name: string]: string },
): (text: string) => string {
  const sent = new Set(credentials.flatMap(({ name, carriers }) => (carriers.length > 0 ? [name] : [])));
  const secrets = Object.entries(given).filter(([name, value]) => value !== '' && !sent.has(name));
  return (text) => secrets.reduce((hidden, [name, value]) => hidden.replaceAll(value, `{${name}}`), text);
}

/** Computes the signature of each test vector with its recipe. */
export async function checkVectors(
  api: Api,
  { vectors }: SecurityScheme,
  scheme: SignatureScheme,
  tell: Tell,
): Promise<void> {
  const signer = signerOf(scheme, {});
  for (const [index, vector] of signer ? vectors.entries() : []) {
    const tokens = ['vectors', index] as const;
    try {
      const wrong = signer && (await checkVector(scheme, signer, vector, api.descriptor.baseUrl));
      if (!wrong) continue;
      const hide = secretsHidden(scheme, vector.credentials);
      const told =
        wrong.of === 'signature'
          ? `The recipe signs ${JSON.stringify(hide(wrong.signed).slice(0, LONGEST))}. Compare this string with the provider's documentation.`
          : "Compare the recipe with the provider's documentation.";
      tell(
        [...tokens, wrong.of],
        'signing-vector-wrong',
        `The recipe does not reproduce the ${wrong.of === 'signature' ? 'signature' : 'string to sign'} of the vector. Received ${JSON.stringify(hide(wrong.made))}.`,
        `Expected ${JSON.stringify(hide(wrong.wanted))}. ${told}`,
      );
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      tell(
        tokens,
        'signing-vector-wrong',
        `The recipe cannot sign this vector: ${why}.`,
        'Check the form of its credentials and its body.',
      );
    }
  }
}
