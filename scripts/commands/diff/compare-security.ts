import type {
  Carrier,
  CredentialDescriptor,
  SecuritySchemeDescriptor,
  SessionScheme,
  SignatureScheme,
} from '@countersign/runtime/contract';
import type { SecurityScheme, SigningVector } from '../../model/types.ts';
import { asCode, asCodes } from './as-code.ts';
import { compareOAuth } from './compare-oauth.ts';
import { compareOthers } from './compare-scheme-rest.ts';
import { type Change, sameJson, type Tell } from './types.ts';

/** Compares credentials, sessions and signing recipes. If the two sides sign differently, every message is rejected. */
export function compareSchemes(before: readonly SecurityScheme[], after: readonly SecurityScheme[]): readonly Change[] {
  const changes: Change[] = [];
  const now = new Map(after.map((scheme) => [scheme.descriptor.name, scheme]));
  const old = new Map(before.map((scheme) => [scheme.descriptor.name, scheme]));
  for (const name of old.keys())
    if (!now.has(name)) changes.push({ bump: 'major', text: `The security scheme ${asCode(name)} was removed` });
  for (const [name, scheme] of now) {
    const was = old.get(name);
    const tell: Tell = (bump, text) => void changes.push({ bump, text: `${asCode(name)}: ${text}` });
    if (was === undefined) changes.push({ bump: 'minor', text: `The security scheme ${asCode(name)} is new` });
    else {
      compareScheme(was.descriptor, scheme.descriptor, tell);
      compareVectors(was.vectors, scheme.vectors, tell);
    }
  }
  return changes;
}

function compareScheme(before: SecuritySchemeDescriptor, after: SecuritySchemeDescriptor, tell: Tell): void {
  if (!sameJson(before.refusals, after.refusals)) tell('major', 'refusals have different codes');
  if (before.kind === after.kind) compareOthers(before, after, tell);
  if (before.kind === 'bearer' && after.kind === 'bearer') compareOAuth(before.oauth, after.oauth, tell);
  if (before.kind === 'signature' && after.kind === 'signature') compareSigning(before, after, tell);
  else if (before.kind === 'session' && after.kind === 'session') compareSession(before, after, tell);
  else if (before.kind === after.kind && 'credential' in before && 'credential' in after)
    compareCredentials([before.credential], [after.credential], tell);
  else tell('major', `is a ${after.kind}, no longer a ${before.kind}`);
}

const travels = (carrier: Carrier | undefined): string =>
  carrier === undefined
    ? 'in no location'
    : `in ${carrier.in} ${asCode(carrier.name)}${carrier.prefix ? ` after ${asCode(carrier.prefix)}` : ''}`;

/** The notation of a value, beyond its location. */
const layoutOf = (carrier: Carrier | undefined): unknown =>
  carrier && [carrier.suffix, carrier.pointer, carrier.number, carrier.list, carrier.part];

const everywhere = (carriers: readonly Carrier[]): string => carriers.map(travels).join(', or ') || 'in no location';

function compareSigning(before: SignatureScheme, after: SignatureScheme, tell: Tell): void {
  if (before.algorithm !== after.algorithm)
    tell('major', `signs by ${asCode(after.algorithm)}, no longer by ${asCode(before.algorithm)}`);
  for (const part of ['signature', 'timestamp', 'nonce', 'id'] as const) {
    const [old, now] = [before[part], after[part]];
    if (travels(old) !== travels(now)) tell('major', `the ${part} is sent ${travels(now)}, no longer ${travels(old)}`);
    else if (!sameJson(layoutOf(old), layoutOf(now))) tell('major', `the ${part} has a different layout`);
  }
  const [old, now] = [before.timestamp, after.timestamp];
  if (old !== undefined && now !== undefined) {
    if (old.units[0] !== now.units[0] || old.units.some((unit) => !now.units.includes(unit)))
      tell('major', `timestamps are in ${asCodes(now.units)}, no longer in ${asCodes(old.units)}`);
    else if (old.units.length !== now.units.length) tell('minor', `timestamps may also be in ${asCodes(now.units)}`);
    if (old.tolerance !== now.tolerance)
      tell(
        now.tolerance < old.tolerance ? 'major' : 'minor',
        `clocks may differ by ${now.tolerance} s, before by ${old.tolerance} s`,
      );
  }
  if (old !== undefined && now !== undefined && old.zone !== now.zone)
    tell('major', 'timestamps are in a different time zone');
  if (!sameJson(old?.window, now?.window)) tell('major', 'requests declare a different tolerance');
  if (before.id?.form !== after.id?.form && before.id && after.id) tell('major', 'the id has a different format');
  if (before.nonce?.form !== after.nonce?.form && before.nonce && after.nonce)
    tell('major', 'the nonce has a different format');
  if (before.nonce && after.nonce && before.nonce.bytes !== after.nonce.bytes)
    tell('patch', `the nonce has ${after.nonce.bytes} random bytes, before ${before.nonce.bytes}`);
  if (before.replay !== after.replay)
    tell(
      after.replay === 'none' ? 'minor' : 'major',
      `once only: ${asCode(after.replay)}, before ${asCode(before.replay)}`,
    );
  if (before.recipe === undefined && after.recipe !== undefined)
    tell('patch', 'is signed by a recipe, no longer by a plugin');
  else if (before.recipe !== undefined && after.recipe === undefined)
    tell('patch', 'is signed by a plugin, no longer by a recipe');
  else if (!sameJson(before.recipe, after.recipe)) tell('major', 'is signed by a different recipe');
  if (!sameJson(before.packed, after.packed))
    tell('major', `the header ${asCode(after.packed?.name ?? before.packed?.name ?? '')} has different values`);
  compareCredentials(before.credentials, after.credentials, tell);
}

function compareSession(before: SessionScheme, after: SessionScheme, tell: Tell): void {
  if (!sameJson(before.carriers, after.carriers))
    tell('major', `the token is sent ${everywhere(after.carriers)}, before ${everywhere(before.carriers)}`);
  if (before.token !== after.token)
    tell('major', `the login's response has the token at ${asCode(after.token)}, no longer at ${asCode(before.token)}`);
  if (
    before.operations[0] !== after.operations[0] ||
    before.operations.some((name) => !after.operations.includes(name))
  )
    tell('major', `logs in by ${asCodes(after.operations)}, no longer by ${asCodes(before.operations)}`);
  else if (before.operations.length !== after.operations.length) tell('minor', 'has additional logins');
  if (!sameJson(before.expired, after.expired)) tell('minor', 'different codes mean that a token has expired');
  if (before.maxAge !== after.maxAge) tell('patch', 'tokens are renewed after a different time');
}

function compareCredentials(
  before: readonly CredentialDescriptor[],
  after: readonly CredentialDescriptor[],
  tell: Tell,
): void {
  const old = new Map(before.map((credential) => [credential.name, credential]));
  for (const { name } of before)
    if (!after.some((credential) => credential.name === name))
      tell('major', `${asCode(name)} is no longer a credential`);
  for (const { name, env, carriers, secret, optional, form, pair } of after) {
    const was = old.get(name);
    if (was === undefined) {
      if (optional) tell('minor', `accepts the credential ${asCode(name)}`);
      else tell('major', `requires the credential ${asCode(name)}`);
      continue;
    }
    if (was.optional && !optional) tell('major', `now requires the credential ${asCode(name)}`);
    if (!was.optional && optional) tell('minor', `no longer requires the credential ${asCode(name)}`);
    if (!sameJson([was.form, was.pair], [form, pair])) tell('major', `${asCode(name)} has a different format`);
    if (was.env !== env)
      tell('major', `${asCode(name)} is read from ${asCode(env)}, no longer from ${asCode(was.env)}`);
    const lost = was.carriers.filter((carrier) => !carriers.some((other) => sameJson(other, carrier)));
    if (sameJson(was.carriers[0], carriers[0]) && lost.length > 0)
      tell('major', `${asCode(name)} is no longer accepted ${lost.map(travels).join(', or ')}`);
    else if (!sameJson(was.carriers[0], carriers[0]))
      tell('major', `${asCode(name)} is sent ${travels(carriers[0])}, before ${travels(was.carriers[0])}`);
    else if (was.carriers.length !== carriers.length)
      tell('minor', `${asCode(name)} is accepted in additional locations`);
    else if (!sameJson(was.carriers, carriers))
      tell('minor', `${asCode(name)} is read in a different order: ${carriers.map(travels).join(', then ')}`);
    if (was.secret !== secret) tell('patch', `${asCode(name)} is ${secret ? 'now' : 'no longer'} masked in logs`);
  }
}

/** The same input with two signatures: the recipe changed, even if the document looks the same. */
function compareVectors(before: readonly SigningVector[], after: readonly SigningVector[], tell: Tell): void {
  const input = ({ signature: _, stringToSign: __, description: ___, ...rest }: SigningVector): SigningVector =>
    rest as SigningVector;
  for (const was of before) {
    const now = after.find((vector) => sameJson(input(vector), input(was)));
    if (now !== undefined && now.signature !== was.signature)
      tell('major', 'a known request has a different signature');
  }
  if (!sameJson(before, after)) tell('patch', 'has different test vectors');
}
