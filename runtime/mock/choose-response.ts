import type { Code, EnvelopeDescriptor } from '../contract/index.ts';
import type { Preference } from './prefer.ts';
import type { DeclaredResponse, MockOperation } from './types.ts';

/** The declared response that is sent, or the reason why none is possible. */
export type Choice =
  /** A response from the document. `status` is the status that is sent. */
  | { readonly kind: 'declared'; readonly response: DeclaredResponse; readonly status: number }
  /** A code that the operation declares without an example. The response follows the envelope's rules. */
  | { readonly kind: 'code'; readonly code: Code }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Chooses the response of an operation.
 * @param preference the response that the caller prefers; an empty one selects the first success
 */
export function chooseResponse(
  operation: MockOperation,
  envelope: EnvelopeDescriptor,
  { code, status, example }: Preference,
): Choice {
  const inBand = code === undefined ? undefined : inBandCode(operation, envelope, code);
  // A code that the envelope does not declare is an HTTP status, as in Prism. This is not done for a code that only
  // other operations declare, because the response with that status would contain a different code.
  const foreign = inBand === undefined && isKnown(operation, envelope, code);
  const wantedStatus = status ?? (inBand === undefined && !foreign ? code : undefined);
  let candidates = foreign ? [] : operation.responses;
  if (wantedStatus !== undefined) candidates = ofStatus(candidates, wantedStatus);
  if (inBand !== undefined) candidates = candidates.filter((response) => String(response.code) === String(inBand));
  if (example !== undefined) candidates = candidates.filter(({ name }) => name === example);
  const isAsked = code !== undefined || status !== undefined || example !== undefined;
  if (!isAsked) candidates = successes(operation, envelope);

  const usual = inBand === undefined ? undefined : usualStatus(envelope, inBand);
  const response =
    candidates.find((candidate) => usual !== undefined && candidate.status === String(usual)) ?? candidates[0];
  // In an operation that declares only `default`, it also describes the success, as in Prism.
  if (response)
    return { kind: 'declared', response, status: concreteStatus(response, wantedStatus, isAsked ? 500 : 200) };
  if (inBand !== undefined && example === undefined && status === undefined) return { kind: 'code', code: inBand };
  return {
    kind: 'none',
    reason: describe(
      operation,
      [`code=${code}`, `status=${status}`, `example=${example}`].filter((part) => !part.endsWith('=undefined')),
    ),
  };
}

/** Returns the code as a value if the operation's envelope declares it. */
function inBandCode({ descriptor }: MockOperation, envelope: EnvelopeDescriptor, text: string): Code | undefined {
  if (envelope.code === 'status' || !descriptor.enveloped) return undefined;
  return [...descriptor.codes, ...envelope.success].find((code) => String(code) === text);
}

/** Whether any operation of the provider has this code in its body. */
function isKnown({ descriptor }: MockOperation, { code, errors }: EnvelopeDescriptor, text = ''): boolean {
  return code !== 'status' && descriptor.enveloped && Object.hasOwn(errors, text);
}

function usualStatus({ errors, status }: EnvelopeDescriptor, code: Code): number {
  return errors[String(code)]?.status ?? status;
}

/**
 * Finds the responses of exactly this status, or of its range, or the default response (OpenAPI 3.1.1, section 4.8.16).
 */
function ofStatus(responses: readonly DeclaredResponse[], status: string): readonly DeclaredResponse[] {
  for (const declared of [status, `${status[0]}XX`, 'default']) {
    const found = responses.filter((response) => response.status === declared);
    if (found.length > 0 && /^[1-5]\d\d$/.test(status)) return found;
  }
  return [];
}

const sorted = new WeakMap<MockOperation, readonly DeclaredResponse[]>();

/** Finds the successes. They are computed once, because most calls need them. */
function successes(operation: MockOperation, { success }: EnvelopeDescriptor): readonly DeclaredResponse[] {
  const known = sorted.get(operation);
  if (known) return known;
  const codes = new Set(success.map(String));
  const rank = ({ status }: DeclaredResponse): number => (status.startsWith('2') ? 0 : status === 'default' ? 1 : 2);
  const right = ({ code }: DeclaredResponse): number => (code === undefined || codes.has(String(code)) ? 0 : 1);
  const made = operation.responses.toSorted((a, b) => rank(a) - rank(b) || right(a) - right(b));
  sorted.set(operation, made);
  return made;
}

function concreteStatus({ status, code }: DeclaredResponse, wanted: string | undefined, usual: number): number {
  if (/^\d{3}$/.test(status)) return Number(status);
  if (wanted !== undefined) return Number(wanted);
  const own = Number(code);
  if (status === 'default') return own >= 400 && own <= 599 ? own : usual;
  return Math.floor(own / 100) === Number(status[0]) ? own : Number(status[0]) * 100;
}

function describe({ descriptor, responses }: MockOperation, wanted: readonly string[]): string {
  const known = [
    ...(descriptor.codes.length > 0 ? [`codes ${descriptor.codes.join(', ')}`] : []),
    `statuses ${[...new Set(responses.map(({ status }) => status))].join(', ')}`,
    `examples ${[...new Set(responses.flatMap(({ name }) => name ?? []))].join(', ') || 'none'}`,
  ];
  return `${descriptor.id} has no response with ${wanted.join(', ')}. Available: ${known.join('; ')}.`;
}
