import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Json, SignatureScheme } from '@countersign/runtime/contract';
import {
  type AnySigner,
  type Signers,
  type SigningInput,
  signerOf,
  toSigningInput,
} from '@countersign/runtime/signing';
import { isObject } from '../../common/document/pointer.ts';

/** By security scheme, a hash of its signer's output for fixed requests. Kept in the published package.json. */
export type Fingerprints = { readonly [scheme: string]: string };

type Probe = { readonly method: string; readonly url: string; readonly body: string };

/** Chosen to reveal a recipe that omits, reorders or re-encodes values: order, repetition, case, escapes, bytes. */
const PROBES: readonly Probe[] = [
  { method: 'GET', url: 'https://probe.invalid/a/B%20c?b=2&a=1&a=%C3%A9+x&empty=', body: '' },
  {
    method: 'POST',
    url: 'https://probe.invalid/v1/orders?limit=10',
    body: '{"z":1,"a":[true,null,"é"],"n":{"b":2,"a":1}}',
  },
  { method: 'PUT', url: 'https://probe.invalid/', body: 'a=1&b=%20&a=2' },
];

/** A credential that is valid for any scheme: 32 bytes as hex. It only signs probes. */
const probeValue = (name: string): string => createHash('sha256').update(`probe ${name}`).digest('hex');

function inputOf(scheme: SignatureScheme, { method, url, body }: Probe): SigningInput {
  return toSigningInput(scheme, {
    method,
    url,
    headers: new Headers({ host: 'probe.invalid', 'content-type': 'application/json', 'x-probe': 'A  b' }),
    body: new TextEncoder().encode(body),
    timestamp: scheme.timestamp?.units[0] === 'iso' ? '2023-11-14T22:13:20.000Z' : '1700000000',
    nonce: scheme.nonce ? '00112233445566778899aabbccddeeff'.slice(0, scheme.nonce.bytes * 2) : '',
    credentials: Object.fromEntries(scheme.credentials.map(({ name }) => [name, probeValue(name)])),
  });
}

/** A signer's output for one probe as text. A signature that differs each time (ECDSA, RSA-PSS) is not comparable. */
async function probe(signer: AnySigner, input: SigningInput): Promise<string> {
  try {
    const message = await signer.stringToSign(input);
    const shown = typeof message === 'string' ? message : Buffer.from(message).toString('hex');
    const sign = async (): Promise<string> => {
      try {
        return await signer.sign(message, input);
      } catch {
        return 'cannot sign with a probe key';
      }
    };
    const [first, second] = [await sign(), await sign()];
    return `${shown}\n${first === second ? first : 'varies'}`;
  } catch {
    return 'cannot read a probe';
  }
}

/** Runs the built package's own signers, so that the next release compares with what was published. */
export async function fingerprintSigners(module: string, schemes: readonly SignatureScheme[]): Promise<Fingerprints> {
  if (schemes.length === 0) return {};
  const { signers } = (await import(pathToFileURL(module).href)) as {
    readonly signers: Signers;
  };
  const entries = await Promise.all(
    schemes.map(async (scheme) => {
      const signer = signerOf(scheme, signers);
      if (signer === undefined) return [];
      const hash = createHash('sha256');
      for (const request of PROBES) hash.update(`${await probe(signer, inputOf(scheme, request))}\0`);
      return [[scheme.name, hash.digest('hex').slice(0, 32)] as const];
    }),
  );
  return Object.fromEntries(entries.flat());
}

/** The signature schemes in the generated operations.ts. */
export async function signatureSchemes(folder: string): Promise<readonly SignatureScheme[]> {
  const { api } = (await import(pathToFileURL(join(folder, 'src/operations.ts')).href)) as {
    readonly api: { readonly securitySchemes: { readonly [name: string]: unknown } };
  };
  return Object.values(api.securitySchemes).filter(
    (scheme): scheme is SignatureScheme =>
      isObject(scheme) && (scheme as { readonly kind?: Json }).kind === 'signature',
  );
}
