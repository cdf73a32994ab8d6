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
 * A value that both sides have: an option of the client (`credentials.apiKey`), an environment variable, or the result
 * of a server's lookup.
 */
export type CredentialDescriptor = {
  /** camelCase: `apiKey`. */
  readonly name: string;
  /** `DICEYFUN_API_KEY`. */
  readonly env: string;
  /** Masked wherever it could show. */
  readonly secret: boolean;
  /** Its places. The client uses the first, and a server reads the first that is not empty. Empty: it is never sent. */
  readonly carriers: readonly Carrier[];
  /** A request may omit it. */
  readonly optional?: true;
  /**
   * The sender has the private key of a pair, and the receiver the public key. For demo values: the kind of the keys.
   */
  readonly pair?: KeyPair;
  /** The format of its value, unless it is any text. */
  readonly form?: CredentialForm;
  /** It signs responses: the server is the sender, and the client the receiver. */
  readonly signs?: 'answers';
};

/** The kinds of key pairs that a credential may be half of. */
export type KeyPair = 'rsa' | 'p256' | 'p384' | 'ed25519';

/** How the value of a credential is encoded. */
export type CredentialForm = {
  readonly encoding: KeyForm | 'uuid' | 'number' | 'url';
  /** Text before the value, such as `whsec_`. */
  readonly strip?: string;
};
