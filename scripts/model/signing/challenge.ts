import type { ChallengeDescriptor, RecipeMember } from '@countersign/runtime/contract';
import { asNode, asText, type Node } from '../reader.ts';
import { messageSteps } from './parts.ts';

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

function memberOf([name, value]: readonly [string, unknown]): RecipeMember {
  if (typeof value !== 'number') return { name, steps: messageSteps(value) };
  return { name, number: true, steps: [{ kind: 'text', text: String(value) }] };
}

/** The challenge of a scheme, to which a receiver responds itself. Undefined without one. */
export function buildChallenge({ challenge }: Node): ChallengeDescriptor | undefined {
  if (challenge === undefined) return undefined;
  const { method, when, token, text, json } = asNode(challenge);
  const { of, credential } = asNode(token);
  return {
    ...(method === 'get' && { method: 'GET' }),
    when: listOf(when).map((condition) => ({
      steps: messageSteps(asNode(condition).of),
      equals: String(asNode(condition).equals),
    })),
    ...(token !== undefined && { token: { steps: messageSteps(of), credential: asText(credential) } }),
    response:
      json === undefined
        ? { kind: 'text', steps: messageSteps(text) }
        : { kind: 'json', members: Object.entries(asNode(json)).map(memberOf) },
  };
}
