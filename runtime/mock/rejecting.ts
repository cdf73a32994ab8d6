import { asciiJson } from '../client/serialize-parameters.ts';
import { essence } from '../contract/index.ts';
import { declaredFor } from '../server/declared-for.ts';
import { isStandard, PROBLEM } from '../server/envelope.ts';
import type { Rejection, RejectionResponse } from '../server/index.ts';
import { chooseResponse } from './choose-response.ts';
import { isValid } from './is-valid.ts';
import { orderByAccept } from './order-by-accept.ts';
import type { createResponding } from './responding.ts';
import type { MockOperation, MockProvider } from './types.ts';

/** The header that says why the mock rejected a request, if the body is an example of the contract. JSON, in ASCII. */
const REJECTION = 'x-mock-rejection';

const UNPROCESSABLE = '422';
/** Maximum number of characters of the header, and of the reasons in it. */
const LONGEST = 2000;
const MOST = 10;

type Rejected = Pick<Rejection, 'flaws' | 'message' | 'status'>;

/**
 * Creates the responses to rejected requests of a provider without an envelope: those that the contract declares, as in
 * Prism. An invalid request gets the declared 422, otherwise 400. Undefined: the server's own response.
 */
export function createRejecting(
  { api, operations }: MockProvider,
  { make }: Pick<ReturnType<typeof createResponding>, 'make'>,
): (id: string, rejected: Rejected, request: Request) => Promise<RejectionResponse | undefined> {
  const { envelope } = api;
  const byId = new Map(operations.map((operation) => [operation.descriptor.id, operation]));

  return async (id, { flaws, message, status }, { headers }) => {
    const operation = byId.get(id);
    // Errors of the mock itself are never hidden behind an example.
    if (!operation || status >= 500 || (operation.descriptor.enveloped && !isStandard(envelope))) return undefined;
    const isInvalid = flaws.length > 0 || status === Number(envelope.faults.invalid);
    const wanted = isInvalid ? statusOfInvalid(operation, status) : String(status);
    const choice = chooseResponse(orderByAccept(operation, headers.get('accept')), envelope, { code: wanted });
    if (choice.kind !== 'declared') return undefined;
    const { response } = choice;
    const isShown = response.name !== undefined && response.value !== undefined;
    if (!isShown && acceptsProblem(operation, choice.status, message)) return undefined;
    const given = await make(operation, choice, {});
    if ('error' in given) return undefined;
    return { ...given, headers: { ...given.headers, [REJECTION]: toHeader(flaws, message) } };
  };
}

const statusOfInvalid = ({ responses }: MockOperation, status: number): string =>
  responses.some((response) => response.status === UNPROCESSABLE) ? UNPROCESSABLE : String(status);

/** Whether the operation declares the server's own format, which says more than a generated value. */
function acceptsProblem({ descriptor, validators }: MockOperation, status: number, detail: string): boolean {
  const declared = declaredFor(descriptor, status);
  const byType = validators.responses[declared?.status ?? ''] ?? {};
  const body = { title: String(status), status, detail };
  return Object.entries(byType).some(([type, validator]) => essence(type) === PROBLEM && isValid(validator, body));
}

function toHeader(flaws: Rejected['flaws'], message: string): string {
  const reasons = flaws.length > 0 ? flaws.slice(0, MOST) : [{ message }];
  const text = asciiJson(JSON.stringify(reasons));
  return text.length > LONGEST ? JSON.stringify([{ message: `${reasons.length} flaws` }]) : text;
}

/** Reads the header. Undefined if the response has none. */
export function readRejection(headers: Headers): string | undefined {
  const text = headers.get(REJECTION);
  if (text === null) return undefined;
  const reasons = JSON.parse(text) as readonly { readonly at?: string; readonly message: string }[];
  return reasons.map(({ at, message }) => (at === undefined ? message : `${at}: ${message}`)).join('; ');
}
