import type { KeyForm } from './recipe.ts';
import type { Carrier, Code } from './values.ts';

/** The code that a server answers when a check fails; checks run in the order missing, invalid, timestamp, signature, replay. */
export type Refusals = {
  readonly missing: Code;
  readonly invalid: Code;
  readonly expired: Code;
  readonly timestamp: Code;
  readonly signature: Code;
  readonly replay: Code;
  readonly forbidden: Code;
};

/** A value that both parties know: an option of the client (`credentials.apiKey`), an environment variable, what a server looks up. */
export type CredentialDescriptor = {
  /** camelCase: `apiKey`. */
  readonly name: string;
  /** `DICEYFUN_API_KEY`. */
  readonly env: string;
  /** Masked wherever it could show. */
  readonly secret: boolean;
  /** Where it travels; the client uses the first, a server takes the first that is not empty. Empty: it never travels. */
  readonly carriers: readonly Carrier[];
  /** A request may come without it. */
  readonly optional?: true;
  /** Who sends holds the private half of a pair, who receives the public one; for demo values, the kind of its keys. */
  readonly pair?: KeyPair;
  /** How its value is written, where that is not any text. */
  readonly form?: CredentialForm;
  /** It signs answers: the server is who sends, the client who receives. */
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
