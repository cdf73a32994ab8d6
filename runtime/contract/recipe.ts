import type { Carrier, Escape } from './values.ts';

/** A signing recipe as data: every default, join and template of `x-cs-signing` is resolved. runtime/signing runs it. */

export type DigestName = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512' | 'crc32';

/** How bytes are written as text. `raw`: they stay bytes. `decimal`: they are one number, for CRC-32. */
export type BytesForm = 'hex' | 'HEX' | 'base64' | 'base64url' | 'decimal' | 'raw';

/** How a key is written. `pem` also accepts base64 without the first and last line. */
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
  /** The status of a signed response. */
  | 'status'
  /** The path without the path of the API's base URL. */
  | 'operationPath';

/** Names and values of a query, a form, the properties of a JSON object, or a packed header, as text. */
export type PairsStep = {
  readonly kind: 'pairs';
  readonly from: readonly ('query' | 'form' | 'members' | 'packed')[];
  readonly names?: readonly string[];
  readonly except?: readonly string[];
  /** Whether the scheme's own values are included, except the signature. */
  readonly own: boolean;
  readonly sort: 'none' | 'name' | 'pair';
  readonly escaping: Escape;
  /**
   * How nested JSON is written: as sent, omitted, as JSON with sorted names, or as one pair per scalar (`a[b]`, `a.b`).
   */
  readonly nested: 'raw' | 'skip' | 'sorted' | 'brackets' | 'dots';
  readonly empty: 'keep' | 'skip';
  /** Texts before, between and after name and value. */
  readonly each: { readonly order: readonly ('name' | 'value')[]; readonly texts: readonly string[] };
  readonly join: string;
  /** Text before the first pair. It is omitted if there are no pairs. */
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
       * Names in lower case, or the value of the packed header that lists them. With a list, a sender can sign more
       * headers.
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
  /** The bytes of the key. For a key pair, the step is one credential. */
  readonly steps: readonly RecipeStep[];
  readonly digest?: DigestName;
  /** Derivation steps, each with one HMAC. Its key is the result of the previous step, and its message is the step. */
  readonly derive: readonly (readonly RecipeStep[])[];
};

/** A property of a JSON object with its name. It is a text or a number. */
export type RecipeMember = { readonly name: string; readonly number?: true; readonly steps: readonly RecipeStep[] };

/** A claim of a token with its name. It is a text, a number, or a list of texts. */
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
  /** Path of the API's base URL, without a trailing slash. */
  readonly basePath: string;
};

/** One header with several values. */
export type PackedDescriptor = {
  readonly name: string;
  readonly prefix: string;
  readonly separator: string;
  /** Separator between several sets of values, one for each key of a rotation. Each signature may match. */
  readonly groups?: string;
  readonly assign: string;
  readonly quote: string;
  readonly escaping: Escape;
  /** The values in the order in which they are written. A value with an empty name is written without a name. */
  readonly values: readonly {
    readonly name: string;
    readonly steps: readonly (RecipeStep | { readonly kind: 'signature' })[];
    /**
     * Set if the value lists the signed headers, separated by `;`. A sender can sign more headers than the recipe, but
     * not fewer.
     */
    readonly listsHeaders?: true;
    /** Set if the value lists the signed components of RFC 9421. A sender may add components. */
    readonly listsComponents?: true;
    /** Set if a sender can omit the value. */
    readonly optional?: true;
  }[];
  /** Set if `prefix` is the label of a signature (RFC 9421, section 4), which each sender chooses. */
  readonly labelled?: true;
};

/**
 * How a provider verifies that a URL belongs to one of its receivers: by a request with one correct response
 * (`challenge`).
 */
export type ChallengeDescriptor = {
  /**
   * `GET` if the challenge is an unsigned GET request to the path of an operation. Default: the challenge is signed
   * like an event.
   */
  readonly method?: 'GET';
  /** The conditions of a challenge: all must match. */
  readonly when: readonly { readonly steps: readonly RecipeStep[]; readonly equals: string }[];
  /** The received value must equal this credential. */
  readonly token?: { readonly steps: readonly RecipeStep[]; readonly credential: string };
  /** The response: a text, or the properties of a JSON object. */
  readonly response:
    | { readonly kind: 'text'; readonly steps: readonly RecipeStep[] }
    | { readonly kind: 'json'; readonly members: readonly RecipeMember[] };
};
