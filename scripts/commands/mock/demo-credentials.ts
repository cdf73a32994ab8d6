import { generateKeyPairSync, type KeyObject, randomBytes, randomInt, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type ApiDescriptor,
  type CredentialDescriptor,
  type CredentialForm,
  credentialsIn,
  type KeyPair,
} from '@countersign/runtime/contract';
import { issuerCredentials } from '../../../runtime/mock/issuer/names.ts';

/** By credential name. */
export type DemoCredentials = Readonly<Record<string, string>>;

/** The example in a document. The demo value has its format, but a different value. */
export type CredentialExamples = Readonly<Record<string, string | undefined>>;

const FILE = '.data/demo-credentials.json';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Credentials that the mock and the sandbox accept and that the console signs with. They are random, created on first
 * use, and kept in `.data/demo-credentials.json` (ignored by git, readable only by its owner). Later reads return the
 * same values.
 *
 * @param root the folder that contains `.data/`
 */
export function loadDemoCredentials(
  root: string,
  api: ApiDescriptor,
  examples: CredentialExamples = {},
): DemoCredentials {
  const credentials = credentialsOf(api);
  return change(root, api.provider, (own) => {
    const lacking = credentials.filter(({ name }) => !Object.hasOwn(own, name));
    const made = lacking.flatMap((credential) => makeAll(api, credential, examples));
    return Object.fromEntries([...made, ...clientsOf(api, own)]);
  });
}

/** Keeps values that another program created and still accepts, so that all signers use them. */
export function adoptDemoCredentials(root: string, provider: string, values: DemoCredentials): DemoCredentials {
  return change(root, provider, (own) =>
    Object.keys(values).every((name) => own[name] === values[name]) ? {} : values,
  );
}

/** @param makeMore what to add to, or replace in, the kept values; if empty, nothing is written */
function change(root: string, provider: string, makeMore: (own: DemoCredentials) => DemoCredentials): DemoCredentials {
  const file = join(root, FILE);
  for (let attempt = 0; ; attempt += 1) {
    const { text, stored } = read(file);
    const own = stored[provider] ?? {};
    const more = makeMore(own);
    if (Object.keys(more).length === 0) return own;
    const next = { ...own, ...more };
    // Two processes that start together must end with the same values: the one that loses the race reads what the other
    // wrote.
    if (write(root, file, text, `${JSON.stringify({ ...stored, [provider]: next }, undefined, 2)}\n`)) return next;
    if (attempt === 20) throw new Error(`${FILE} is locked by another process.`);
  }
}

/** Every credential of the API's callers, once each. */
export function credentialsOf({ securitySchemes }: ApiDescriptor): readonly CredentialDescriptor[] {
  const all = Object.values(securitySchemes).flatMap(credentialsIn);
  return [...new Map(all.map((credential) => [credential.name, credential])).values()];
}

/** The missing credentials of a client of the mock's authorization server, for each OAuth scheme. */
const clientsOf = (
  { securitySchemes }: ApiDescriptor,
  own: DemoCredentials,
): readonly (readonly [name: string, value: string])[] =>
  Object.values(securitySchemes).flatMap((scheme) => {
    if (scheme.kind !== 'bearer' || !scheme.oauth) return [];
    const { clientId, clientSecret, privateKey, publicKey } = issuerCredentials(scheme.name);
    const random = (bytes: number): string => `demo-${randomBytes(bytes).toString('hex')}`;
    const texts = [[clientId, random(8)] as const, [clientSecret, random(16)] as const];
    const missing = texts.filter(([name]) => !Object.hasOwn(own, name));
    if (Object.hasOwn(own, privateKey) && Object.hasOwn(own, publicKey)) return missing;
    const pair = makePair('p256');
    const pem = { encoding: 'pem' } as const;
    return [
      ...missing,
      [privateKey, writeKey(pair.privateKey, pem)] as const,
      [publicKey, writeKey(pair.publicKey, pem)] as const,
    ];
  });

type Stored = Readonly<Record<string, DemoCredentials>>;

function read(file: string): { readonly text: string | undefined; readonly stored: Stored } {
  try {
    const text = readFileSync(file, 'utf8');
    return { text, stored: JSON.parse(text) as Stored };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { text: undefined, stored: {} };
    if (error instanceof SyntaxError)
      throw new Error(`${FILE} is not valid JSON. Remove the file to create new credentials.`);
    throw error;
  }
}

/** False: another process wrote the file first. */
function write(root: string, file: string, before: string | undefined, text: string): boolean {
  mkdirSync(join(root, '.data'), { recursive: true });
  const temporary = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(temporary, text, { mode: 0o600 });
  try {
    if (before === undefined) linkSync(temporary, file);
    else if (read(file).text !== before) return false;
    else renameSync(temporary, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

const CURVES = { p256: 'P-256', p384: 'P-384' } as const;

function makePair(pair: KeyPair): { readonly privateKey: KeyObject; readonly publicKey: KeyObject } {
  if (pair === 'rsa') return generateKeyPairSync('rsa', { modulusLength: 2048 });
  return pair === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: CURVES[pair] });
}

/** A key in the format of its recipe: Ed25519 in hex or base64 is its 32 bytes, any other key is DER. */
function writeKey(key: KeyObject, { encoding, strip = '' }: CredentialForm): string {
  if (encoding === 'jwk') return JSON.stringify(key.export({ format: 'jwk' }));
  const type = key.type === 'private' ? 'pkcs8' : 'spki';
  if (encoding !== 'hex' && encoding !== 'base64') return key.export({ type, format: 'pem' }) as string;
  const der = key.export({ type, format: 'der' }) as Buffer;
  const isRaw = key.asymmetricKeyType === 'ed25519';
  // Standard Webhooks: `whsk_` is private, `whpk_` public.
  const prefix = key.type === 'public' ? strip.replace(/^whsk_$/, 'whpk_') : strip;
  return prefix + (isRaw ? der.subarray(-32) : der).toString(encoding);
}

/** The public half of a pair is stored beside it, under this name. */
export const publicHalf = (name: string): string => `${name}.public`;

function makeAll(
  api: ApiDescriptor,
  credential: CredentialDescriptor,
  examples: CredentialExamples,
): readonly (readonly [name: string, value: string])[] {
  const { name, pair, form = { encoding: 'pem' } } = credential;
  if (pair === undefined) return [[name, make(api, credential, examples)]];
  const { privateKey, publicKey } = makePair(pair);
  return [
    [name, writeKey(privateKey, form)],
    [publicHalf(name), writeKey(publicKey, form)],
  ];
}

function makeFormed({ encoding, strip = '' }: CredentialForm): string | undefined {
  switch (encoding) {
    case 'hex':
    case 'base64':
      return strip + randomBytes(32).toString(encoding);
    case 'uuid':
      return randomUUID();
    case 'number':
      return String(randomInt(1e8, 1e9));
    case 'url':
      return `https://demo.invalid/${randomBytes(8).toString('hex')}`;
    case 'pem':
      return writeKey(makePair('rsa').privateKey, { encoding });
    default:
      return strip === '' ? undefined : strip + randomBytes(16).toString('hex');
  }
}

function make(
  { securitySchemes }: ApiDescriptor,
  { name, form }: CredentialDescriptor,
  examples: CredentialExamples,
): string {
  const example = examples[name] ?? '';
  // `whsec_` of `whsec_YOUR_SECRET` is a prefix of every value of its kind.
  const prefix = /^[a-z]{2,8}_(?=[A-Za-z0-9])/.exec(example)?.[0];
  const formed = form && makeFormed({ ...form, ...(form.strip === undefined && prefix && { strip: prefix }) });
  if (formed !== undefined) return formed;
  if (UUID.test(example) || /uuid$/i.test(name)) return randomUUID();
  const random = randomBytes(16).toString('hex');
  const basic = Object.values(securitySchemes).some(
    (scheme) => scheme.kind === 'basic' && scheme.credential.name === name,
  );
  if (basic) return `demo:${random}`;
  // `dpk_` of `dpk_YOUR_API_KEY` is a prefix of every key of its kind.
  return `${/^[a-z]{2,8}_(?=[A-Z])/.exec(example)?.[0] ?? 'demo-'}${random}`;
}
