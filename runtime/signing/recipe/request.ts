import type { Carrier, RecipeDescriptor, RequestValue, SentSignature } from '../../contract/index.ts';
import type { Data } from '../bytes.ts';
import { contentOf } from '../input.ts';
import type { SigningInput } from '../signer.ts';
import { readTime } from '../times.ts';

/** A signature scheme with a recipe as its signer. */
export type RecipeScheme = SentSignature & { readonly recipe: RecipeDescriptor };

/** A request that a recipe reads. */
export type RecipeRequest = {
  readonly scheme: RecipeScheme;
  readonly input: SigningInput;
  /** All carriers of the scheme. */
  readonly carriers: readonly Carrier[];
};

/** Seconds for which a token is valid if its recipe has `expires`. */
const LIFETIME = 120;

/** Compiles the reader of a value of a request. The frequent values have their own functions, which read one property. */
export function compileValue(value: RequestValue): (request: RecipeRequest) => Data {
  switch (value) {
    case 'path':
      return ({ input }) => pathOf(input);
    case 'operationPath':
      return ({ input, scheme }) => {
        const path = pathOf(input);
        const { basePath } = scheme.recipe;
        return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
      };
    case 'query':
      return ({ input }) => queryOf(input);
    case 'url':
      return ({ input }) => input.url.origin + input.target;
    case 'origin':
      return ({ input }) => input.url.origin;
    case 'host':
      return ({ input }) => input.url.host;
    case 'date':
      return ({ input, scheme }) => dateOf(input, scheme).replaceAll('-', '');
    case 'status':
      return ({ input }) => String(input.status ?? '');
    case 'body':
      return ({ input }) => contentOf(input);
    case 'isoDate':
      return ({ input, scheme }) => dateOf(input, scheme);
    case 'expires':
      return ({ input, scheme }) => String(Math.floor(timeOf(input, scheme) / 1000) + LIFETIME);
    case 'method':
      return ({ input }) => input.method;
    case 'target':
      return ({ input }) => input.target;
    case 'timestamp':
      return ({ input }) => input.timestamp;
    case 'nonce':
      return ({ input }) => input.nonce;
    default:
      return ({ input }) => input[value];
  }
}

/** The path as it is sent. */
export const pathOf = ({ target }: SigningInput): string => target.split('?')[0] ?? '';

/** The query as it is sent, without the question mark. */
export function queryOf({ target }: SigningInput): string {
  const at = target.indexOf('?');
  return at < 0 ? '' : target.slice(at + 1);
}

function timeOf({ timestamp, now }: SigningInput, scheme: RecipeScheme): number {
  return (scheme.timestamp && readTime(scheme.timestamp, timestamp)) ?? now;
}

/** The day of the timestamp in UTC: `2026-01-31`. */
const dateOf = (input: SigningInput, scheme: RecipeScheme): string =>
  new Date(timeOf(input, scheme)).toISOString().slice(0, 10);
