/**
 * The scaffold of a signer for `add --signing <algorithm>`. The user replaces the canonical form; the rest mostly
 * stays.
 */
export type Algorithm = {
  readonly helper: string;
  readonly recipe: string;
  /** TypeScript of `sign`, and of `verify` if the receiver has a different key. */
  readonly sign: string;
  readonly verify?: string;
  /** Values for the generated test: the credentials of a client and of a server. */
  readonly secret: string;
  readonly serverSecret: string;
};

const FORM = 'of timestamp, nonce, method, path with query, and body, a line each.';
const hash = (helper: string, name: string): Algorithm => ({
  helper,
  recipe: `Hex ${name} of the secret and then ${FORM.slice(3)}`,
  sign: `(message, { credentials: { secret } }) => ${helper}(concat(\`\${secret}\\n\`, message))`,
  secret: 'demo-secret',
  serverSecret: 'demo-secret',
});
const hmac = (helper: string, name: string): Algorithm => ({
  helper,
  recipe: `Hex ${name} ${FORM}`,
  sign: `(message, { credentials: { secret = '' } }) => ${helper}(secret, message)`,
  secret: 'demo-secret',
  serverSecret: 'demo-secret',
});

/** The signing algorithms that a scaffold can use, by name. */
export const ALGORITHMS: { readonly [name: string]: Algorithm } = {
  md5: hash('md5Hex', 'MD5'),
  sha256: hash('sha256Hex', 'SHA-256'),
  'hmac-sha1': hmac('hmacSha1Hex', 'HMAC-SHA1'),
  'hmac-sha256': hmac('hmacSha256Hex', 'HMAC-SHA256'),
  'hmac-sha512': hmac('hmacSha512Hex', 'HMAC-SHA512'),
  ed25519: {
    helper: 'fromHex, signEd25519, toHex, verifyEd25519',
    recipe: `Hex Ed25519 ${FORM} A client holds the seed as \`secret\`, a server the public key.`,
    sign: "async (message, { credentials: { secret = '' } }) => toHex(await signEd25519(fromHex(secret), message))",
    verify:
      "(message, signature, { credentials: { secret = '' } }) => verifyEd25519(fromHex(secret), message, fromHex(signature))",
    // RFC 8032, section 7.1, test 1.
    secret: '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    serverSecret: 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
  },
};
