import { authenticateClient, readForm } from './client.ts';
import { json, OAuthRefusal } from './responses.ts';
import { scopesFor } from './scopes.ts';
import { DEVICE_GRANT, type DeviceGrant, grantsOf, type Issuer, randomText, remember } from './types.ts';

/** Seconds for which a device code is valid, and seconds between two token requests. */
const LIFETIME = 600;
const INTERVAL = 1;
/** The letters of user codes: consonants that do not look alike (RFC 8628, section 6.1). */
const LETTERS = 'BCDFGHJKLMNPQRSTVWXZ';

const newUserCode = (): string => {
  const letters = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => LETTERS[byte % LETTERS.length]);
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
};

/** Handles the device authorization endpoint (RFC 8628, section 3.1). @throws {OAuthRefusal} */
export async function authorizeDevice(issuer: Issuer, request: Request, base: string): Promise<Response> {
  const form = await readForm(request);
  await authenticateClient(issuer, request, form, base);
  if (!grantsOf(issuer.scheme.oauth).includes(DEVICE_GRANT))
    throw new OAuthRefusal('unauthorized_client', 'The contract has no flow deviceAuthorization.');
  const [deviceCode, userCode] = [randomText(), newUserCode()];
  const scopes = scopesFor(issuer, form.get('scope') ?? '');
  const until = issuer.clock() + LIFETIME * 1000;
  remember(issuer.devices, deviceCode, { userCode, scopes, until, isApproved: false });
  return json({
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: `${base}/device`,
    verification_uri_complete: `${base}/device?user_code=${userCode}`,
    expires_in: LIFETIME,
    interval: INTERVAL,
  });
}

/** The page on which the user enters the code. Opening it with a code approves the login. */
export function approveDevice(issuer: Issuer, { searchParams }: URL): Response {
  const given = (searchParams.get('user_code') ?? '').trim().toUpperCase();
  const found = [...issuer.devices.values()].find(({ userCode }) => userCode === given);
  if (found && found.until >= issuer.clock()) {
    found.isApproved = true;
    return page('The device is logged in.');
  }
  return page(given === '' ? FORM : `<p>The code is unknown or has expired.</p>${FORM}`, given === '' ? 200 : 404);
}

const FORM =
  '<form><label>Code of the device <input name="user_code" autocomplete="off" required></label> <button>Log in</button></form>';

const page = (body: string, status = 200): Response =>
  new Response(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Log in a device</title>${body}</html>`, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    },
  });

/** Returns the login of a device code after the user has approved it. @throws {OAuthRefusal} */
export function redeemDevice(issuer: Issuer, code: string): DeviceGrant {
  const known = issuer.devices.get(code);
  if (!known) throw new OAuthRefusal('invalid_grant', 'The device code is unknown, or was already used.');
  if (known.until < issuer.clock()) {
    issuer.devices.delete(code);
    throw new OAuthRefusal('expired_token', 'The device code has expired.');
  }
  if (!known.isApproved) throw new OAuthRefusal('authorization_pending', 'The user has not entered the code yet.');
  issuer.devices.delete(code);
  return known;
}
