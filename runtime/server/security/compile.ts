import { type ApiDescriptor, credentialsIn, type OperationDescriptor, own } from '../../contract/index.ts';
import { type Signers, signerOf } from '../../signing/index.ts';
import type { CompileAccessTokens } from '../access-tokens.ts';
import type { Call } from '../call.ts';
import { ConfigurationError } from '../errors.ts';
import type { ReplayStore } from '../replay-store.ts';
import type { CredentialSource, SignatureSource } from '../types.ts';
import { accessTokensOf, compileAccessTokenCheck } from './access-token.ts';
import { compileCertificateCheck } from './certificate.ts';
import { type Challenging, compileUnsigned } from './challenge.ts';
import type { SchemeCheck } from './check.ts';
import type { Environment } from './environment.ts';
import { compileKeyCheck } from './key.ts';
import { compileRequirements, type RequirementCheck } from './requirements.ts';
import { compileSignatureCheck } from './signature.ts';

/** The input from which the checks of a contract's security schemes are compiled. */
export type SecurityCompilerOptions = {
  readonly api: ApiDescriptor;
  readonly signers: Signers;
  readonly oauth?: CompileAccessTokens | undefined;
  /** Credentials, by scheme. */
  readonly sources: Readonly<Record<string, unknown>>;
  readonly environment: Environment;
  readonly replayStore: ReplayStore;
  /** Whether operations are public. */
  readonly isOpen?: boolean;
};

/**
 * Creates a compiler that compiles each scheme once, when the first operation needs it. An unused scheme needs no
 * credentials.
 */
export function createSecurityCompiler(options: SecurityCompilerOptions) {
  const { api, signers, oauth, sources, environment, replayStore, isOpen = false } = options;
  for (const name of Object.keys(sources)) {
    if (Object.hasOwn(api.securitySchemes, name)) continue;
    const known = Object.keys(api.securitySchemes).join(', ');
    throw new ConfigurationError(
      `The option security.${name} does not match a security scheme. Available: ${known || 'none'}`,
    );
  }

  const checks = new Map<string, SchemeCheck>();
  const checkOf = (name: string): SchemeCheck => {
    const known = checks.get(name);
    if (known) return known;
    const made = compileScheme(name);
    checks.set(name, made);
    return made;
  };

  const compileScheme = (name: string): SchemeCheck => {
    const scheme = own(api.securitySchemes, name);
    if (!scheme) throw new ConfigurationError(`The security scheme ${name} does not exist`);
    if (scheme.kind === 'mutualTLS') return compileCertificateCheck(scheme, own(sources, name));
    if (scheme.kind === 'bearer' && scheme.oauth) {
      const issued = { ...scheme, oauth: scheme.oauth };
      const tokens = accessTokensOf(issued, own(sources, name), environment);
      if (tokens && !oauth) {
        throw new ConfigurationError(
          `The option security.${name} needs the code that checks tokens: use the server of a generated package`,
        );
      }
      if (tokens && oauth) return compileAccessTokenCheck(issued, tokens, oauth);
    }
    if (scheme.kind !== 'signature') {
      return compileKeyCheck(scheme, own(sources, name) as CredentialSource<never> | undefined, environment);
    }
    const signer = signerOf(scheme, signers);
    if (!signer) throw new ConfigurationError(`The security scheme ${name} has no signer`);
    const source = own(sources, name) as SignatureSource<never> | undefined;
    return compileSignatureCheck({ provider: api.provider, scheme, signer, source, environment, replayStore });
  };

  /** Returns the same check for equal scopes, because a scheme in two alternatives is checked once. */
  const scopedCheckOf = (name: string, scopes: readonly string[]): SchemeCheck => {
    const key = JSON.stringify([name, ...scopes]);
    const check = checkOf(name);
    const scoped = checks.get(key) ?? ((call: Call) => check(call.asked(scopes)));
    checks.set(key, scoped);
    return scoped;
  };

  const requirements = ({ security, scopes }: OperationDescriptor): RequirementCheck | undefined =>
    isOpen
      ? undefined
      : compileRequirements(
          security.map((names, at) =>
            names.map((name) => ({
              name,
              check: scopes ? scopedCheckOf(name, own(scopes[at], name) ?? []) : checkOf(name),
            })),
          ),
        );

  const unsigned = (scheme: Challenging) =>
    compileUnsigned(scheme, own(sources, scheme.name) as SignatureSource<never> | undefined, environment);
  return { requirements, unsigned };
}

/** Whether a scheme of the operation reads the body, or the message id is in the body. */
export function needsBody({ security, delivery }: OperationDescriptor, { securitySchemes }: ApiDescriptor): boolean {
  if (delivery?.carrier?.in === 'body' || delivery?.carrier?.in === 'form') return true;
  return security.flat().some((name) => {
    const scheme = own(securitySchemes, name);
    if (scheme?.kind === 'signature') return true;
    const carriers = scheme?.kind === 'session' ? scheme.carriers : scheme && credentialsIn(scheme)[0]?.carriers;
    return carriers?.some((carrier) => carrier.in === 'body' || carrier.in === 'form');
  });
}
