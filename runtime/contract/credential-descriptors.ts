import type { KeyForm } from './recipe.ts';
import type { Carrier, Code } from './values.ts';

/**
 * The code of a server's response after a failed check. Checks run in the order missing, invalid, timestamp, signature,
 * replay.
 */
export type Refusals = {
  readonly missing: Code;
  readonly invalid: Code;
  readonly expired: Code;
  readonly timestamp: Code;
  readonly signature: Code;
  readonly replay: Code;
  readonly forbidden: Code;
};

/**
 * A value that both sides know: an option of the client (`credentials.apiKey`), an environment variable, or the result
 * of a server's lookup.
 */
export type CredentialDescriptor = {
  /** Name in camelCase: `apiKey`. */
  readonly name: string;
  /** Name of the environment variable: `DICEYFUN_API_KEY`. */
  readonly env: string;
  /** Whether the value is masked in logs and errors. */
  readonly secret: boolean;
  /**
   * The locations of the value. The client uses the first one. A server reads the first one that is not empty. If the
   * list is empty, the value is never sent.
   */
  readonly carriers: readonly Carrier[];
  /** Whether a request may omit the value. */
  readonly optional?: true;
  /** The kind of the key pair, for demo values. The sender has the private key, and the receiver has the public key. */
  readonly pair?: KeyPair;
  /** The format of the value. Undefined if it is any text. */
  readonly form?: CredentialForm;
  /** Set if the credential signs responses: the server is then the sender, and the client the receiver. */
  readonly signs?: 'responses';
};

/** The kinds of key pairs that a credential may be half of. */
export type KeyPair = 'rsa' | 'p256' | 'p384' | 'ed25519';

/** How the value of a credential is encoded. */
export type CredentialForm = {
  readonly encoding: KeyForm | 'uuid' | 'number' | 'url';
  /** Text before the value, such as `whsec_`. */
  readonly strip?: string;
};
