import type { Carrier, Escape } from './values.ts';

/** A signing recipe as a plan: every default, join and template of `x-cs-signing` resolved. Data; runtime/signing runs it. */

export type DigestName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'crc32';

/** How bytes are written as text. `raw`: they stay bytes. `decimal`: as one number, for CRC-32. */
export type BytesForm = 'hex' | 'HEX' | 'base64' | 'base64url' | 'decimal' | 'raw';

/** How a key is written; `pem` is also base64 without its first and last line. */
export type KeyForm = 'utf8' | 'base64' | 'hex' | 'pem' | 'jwk';

/** The values of a request that a message or a template can use. */
export type RequestValue =
  | 'method'
  | 'path'
  | 'target'
  | 'url'
  | 'origin'
  | 'host'
  | 'query'
  | 'body'
  | 'packed'
  | 'timestamp'
  | 'nonce'
  | 'id'
  | 'date'
  | 'isoDate'
  | 'expires'
  /** For a signed response. */
  | 'status'
  /** The path without that of the API's base URL. */
  | 'operationPath';

/** Names and values of a query, a form, the properties of a JSON object, or a packed header, as text. */
export type PairsStep = {
  readonly kind: 'pairs';
  readonly from: readonly ('query' | 'form' | 'members' | 'packed')[];
  readonly names?: readonly string[];
  readonly except?: readonly string[];
  /** Includes the scheme's own values, except the signature. */
  readonly own: boolean;
  readonly sort: 'none' | 'name' | 'pair';
  readonly escaping: Escape;
  /** Nested JSON: as sent, omitted, as JSON with sorted names, or as one pair for each scalar (`a[b]`, `a.b`). */
  readonly nested: 'raw' | 'skip' | 'sorted' | 'brackets' | 'dots';
  readonly empty: 'keep' | 'skip';
  /** Texts before, between and after name and value. */
  readonly each: { readonly order: readonly ('name' | 'value')[]; readonly texts: readonly string[] };
  readonly join: string;
  /** Text before the first pair. Omitted if there are no pairs. */
  readonly begin?: string;
};

/** One step of a signing recipe. */
export type RecipeStep =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'request'; readonly value: RequestValue }
  | {
      readonly kind: 'credential';
      readonly name: string;
      readonly form: KeyForm;
      readonly strip?: string;
    }
  | {
      readonly kind: 'headers';
      /**
       * Names in lower case, or the value of the packed header that lists them: a sender can then sign more headers.
       */
      readonly names: readonly string[] | { readonly packed: string };
      readonly each: PairsStep['each'] | 'value';
      readonly join: string;
    }
  | PairsStep
  | { readonly kind: 'member'; readonly pointer: string }
  /** One value of the packed header, by its name. */
  | { readonly kind: 'packedValue'; readonly name: string }
  /** A line for each component that a value of the packed header lists (RFC 9421, section 2). */
  | { readonly kind: 'components'; readonly packed: string }
  | {
      readonly kind: 'digest';
      readonly algorithm: DigestName;
      readonly form: BytesForm;
      readonly of: readonly RecipeStep[];
    }
  | { readonly kind: 'escape'; readonly escaping: Escape; readonly of: readonly RecipeStep[] }
  | {
      readonly kind: 'hmac';
      readonly algorithm: DigestName;
      readonly form: BytesForm;
      readonly key: RecipeKey;
      readonly of: readonly RecipeStep[];
    };

/** The algorithm that a recipe signs with. */
export type RecipeAlgorithm =
  | { readonly kind: 'hash'; readonly hash: DigestName }
  | { readonly kind: 'hmac'; readonly hash: DigestName }
  | { readonly kind: 'rsa' | 'rsa-pss'; readonly hash: DigestName }
  | { readonly kind: 'ecdsa'; readonly hash: DigestName; readonly curve: 'P-256' | 'P-384'; readonly der: boolean }
  | { readonly kind: 'ed25519' };

/** The key that a recipe signs with. */
export type RecipeKey = {
  /** Bytes of the key; for a key pair, one credential. */
  readonly steps: readonly RecipeStep[];
  readonly digest?: DigestName;
  /** One HMAC a step: the key so far is the key, the step is the message. */
  readonly derive: readonly (readonly RecipeStep[])[];
};

/** A property of a JSON object, by its name: a text or a number. */
export type RecipeMember = { readonly name: string; readonly number?: true; readonly steps: readonly RecipeStep[] };

/** A claim of a token, by its name: a text, a number, or a list of texts. */
export type RecipeClaim = RecipeMember | { readonly name: string; readonly list: readonly (readonly RecipeStep[])[] };

/** A signing recipe as data (`x-cs-signing`): the canonical form, the algorithm, the key and the output. */
export type RecipeDescriptor = {
  readonly algorithm: RecipeAlgorithm;
  readonly message: readonly RecipeStep[];
  readonly key?: RecipeKey;
  readonly output: BytesForm;
  /** Additional values. The sender fills them in before it creates the message, and the receiver checks them. */
  readonly computed: readonly (Carrier & { readonly steps: readonly RecipeStep[] })[];
  readonly jwt?: {
    readonly alg: string;
    readonly header: readonly RecipeClaim[];
    readonly claims: readonly RecipeClaim[];
  };
  /** Path of the API's base URL, without a slash at its end. */
  readonly basePath: string;
};

/** One header with several values. */
export type PackedDescriptor = {
  readonly name: string;
  readonly prefix: string;
  readonly separator: string;
  /** Between several sets of values, one for each key of a rotation. Each signature may match. */
  readonly groups?: string;
  readonly assign: string;
  readonly quote: string;
  readonly escaping: Escape;
  /** In the order in which they are written. A value with the name '' stands alone. */
  readonly values: readonly {
    readonly name: string;
    readonly steps: readonly (RecipeStep | { readonly kind: 'signature' })[];
    /** It lists the signed headers, separated by `;`. A sender can list more headers than the steps, but not fewer. */
    readonly listsHeaders?: true;
    /** The list of signed components of RFC 9421, to which a sender may add more. */
    readonly listsComponents?: true;
    /** A sender can omit it. */
    readonly optional?: true;
  }[];
  /** `prefix` is the label of a signature (RFC 9421, section 4), which each sender chooses. */
  readonly labelled?: true;
};

/**
 * How a provider verifies that a URL belongs to one of its receivers: by a request with one correct response
 * (`challenge`).
 */
export type ChallengeDescriptor = {
  /** An unsigned GET request to the path of an operation. Default: the challenge is signed like events. */
  readonly method?: 'GET';
  /** The conditions of a challenge: all must match. */
  readonly when: readonly { readonly steps: readonly RecipeStep[]; readonly equals: string }[];
  /** The received value must equal this credential. */
  readonly token?: { readonly steps: readonly RecipeStep[]; readonly credential: string };
  /** Text, or the properties of a JSON object. */
  readonly answer:
    | { readonly kind: 'text'; readonly steps: readonly RecipeStep[] }
    | { readonly kind: 'json'; readonly members: readonly RecipeMember[] };
};
