import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';

/** The owner of an auth-token. `adminId` is the merchant's row, which records refer to. */
export type Agent = { readonly agentId: string; readonly adminId: number };

export type Tokens = {
  /** @param now milliseconds since 1970 */
  issue(agent: Agent, now: number): Promise<string>;
  verify(token: string, now: number): Promise<Agent | 'expired' | null> | Agent | 'expired';
  /** For one visit of a player. `time` is the caller's clock in Unix seconds and has no effect. */
  issueVisit(visit: Visit, now: number): Promise<string>;
};

export type Visit = { readonly playerId: number; readonly lang: 'zh' | 'en'; readonly time: number };

export type TokenOptions = {
  /** At least 32 bytes, as RFC 7518 section 3.2 requires for HS256. */
  readonly secret: Uint8Array;
  /** Lifetime of an auth-token in seconds. Default two hours. */
  readonly lifetime?: number;
};

const ISSUER = 'dicey-fun';
const AUTH = 'auth-token';
const VISIT = 'visit';
/** Maximum number of cached verified tokens. */
const REMEMBERED = 1000;

/** JWTs signed with HMAC-SHA-256. A token is verified with the secret only, so that processes share nothing else. */
export function createTokens({ secret, lifetime = 7200 }: TokenOptions): Tokens {
  const known = new Map<string, { readonly agent: Agent; readonly expires: number }>();

  const sign = (claims: JWTPayload, audience: string, now: number): Promise<string> =>
    new SignJWT({ ...claims, jti: crypto.randomUUID() })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setIssuer(ISSUER)
      .setAudience(audience)
      .setIssuedAt(Math.floor(now / 1000))
      .setExpirationTime(Math.floor(now / 1000) + lifetime)
      .sign(secret);

  const verifyAnew = async (token: string, now: number): Promise<Agent | 'expired' | null> => {
    try {
      const { payload } = await jwtVerify(token, secret, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: AUTH,
        currentDate: new Date(now),
        requiredClaims: ['sub', 'exp', 'admin'],
      });
      const agent = { agentId: String(payload.sub), adminId: Number(payload['admin']) };
      if (known.size >= REMEMBERED) known.clear();
      known.set(token, { agent, expires: Number(payload.exp) * 1000 });
      return agent;
    } catch (error) {
      if (error instanceof errors.JWTExpired) return 'expired';
      if (error instanceof errors.JOSEError) return null;
      throw error;
    }
  };

  return {
    issue: ({ agentId, adminId }, now) => sign({ sub: agentId, admin: adminId }, AUTH, now),
    verify(token, now) {
      const found = known.get(token);
      if (found === undefined) return verifyAnew(token, now);
      return found.expires > now ? found.agent : 'expired';
    },
    issueVisit: ({ playerId, lang, time }, now) => sign({ sub: String(playerId), lang, time }, VISIT, now),
  };
}
