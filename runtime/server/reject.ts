import type { Call } from './call.ts';
import type { Refusal, ResponseHeaders } from './refusal.ts';
import type { Outgoing } from './response.ts';
import type { Route } from './routes.ts';
import { withChallenges } from './security/authenticate.ts';
import type { OnReject } from './types.ts';

type Rejected = Outgoing | PromiseLike<Outgoing>;

/**
 * Compiles the response to a rejected call: that of the server's owner, or the default.
 *
 * @param report receives the error if the owner's function fails or returns an undeclared response
 */
export function compileReject(
  onReject: OnReject<never> | undefined,
  report: (call: Call, error: unknown) => void,
): (route: Route, call: Call, refusal: Refusal, challenges?: readonly string[]) => Rejected {
  const given = async (route: Route, call: Call, refusal: Refusal, usual: Outgoing): Promise<Outgoing> => {
    const { code, message, flaws } = refusal;
    try {
      const response = await onReject?.({ code, status: usual.status, message, flaws }, call as never);
      if (response === undefined) return usual;
      return await route.response.write({ ...response, headers: withUsual(response.headers, usual.headers) }, call);
    } catch (error) {
      report(call, error);
      return usual;
    }
  };

  return (route, call, refusal, challenges = []) => {
    const usual = withChallenges(route.response.refuse(refusal), challenges);
    return onReject ? given(route, call, refusal, usual) : usual;
  };
}

/** Adds the headers of the default, such as `Retry-After` and `WWW-Authenticate`, unless the response sets them. */
function withUsual(own: Readonly<Record<string, string>> = {}, usual: ResponseHeaders = {}): ResponseHeaders {
  const names = new Set(Object.keys(own).map((name) => name.toLowerCase()));
  const others = Object.entries(usual).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...Object.fromEntries(others), ...own };
}
