import type { ClientOptions } from '@countersign/runtime/client';
import {
  createMoonpacketClient,
  type GetRulesError,
  type GetUserAttributesError,
} from '../../generated/moonpacket/src/client.ts';
import { type Attributes, evaluateRules, type RuleFailure, type Rules } from './rules.ts';

export type CallerOptions = {
  /** The URL that the game gave: `https://api.your-game.com/check`. */
  readonly endpoint: string;
  readonly credentials: { readonly apiKey: string; readonly secret: string };
  readonly client?: Pick<ClientOptions, 'fetch' | 'clock' | 'logger'>;
};

export type Verdict =
  | {
      readonly kind: 'judged';
      readonly passed: boolean;
      /** Each rule that the user does not satisfy, with the reason. */
      readonly failures: readonly RuleFailure[];
      readonly rules: Rules;
      readonly attributes: Attributes;
      /** Milliseconds that the game took, by mode. */
      readonly elapsed: { readonly rules: number; readonly attributes: number };
    }
  /** The game's response violates the contract: too late, a different status, invalid JSON. */
  | { readonly kind: 'refused'; readonly mode: 'A'; readonly error: GetRulesError }
  | { readonly kind: 'refused'; readonly mode: 'B'; readonly error: GetUserAttributesError };

export type Caller = {
  /** Requests both modes as moonpacket does, and returns whether this user may claim. */
  judge(userId: string): Promise<Verdict>;
};

/** The time limit of a game's response in milliseconds. */
const PATIENCE = 3000;

/** moonpacket's side, for a game team that tests its endpoint before going live. */
export function createCaller({ endpoint, credentials, client: options = {} }: CallerOptions): Caller {
  const client = createMoonpacketClient({
    ...options,
    endpoint,
    credentials,
    timeout: { attempt: PATIENCE },
    // A retry would hide errors, and responses are parsed strictly.
    retry: false,
    validation: { responses: 'throw' },
  });
  return {
    async judge(userId) {
      const modeA = await client.getRules().withResponse();
      if (modeA.error) return { kind: 'refused', mode: 'A', error: modeA.error };
      const modeB = await client.getUserAttributes({ query: { user_id: userId } }).withResponse();
      if (modeB.error) return { kind: 'refused', mode: 'B', error: modeB.error };
      const { data: rules } = modeA;
      const { data: attributes } = modeB;
      const elapsed = { rules: modeA.elapsed, attributes: modeB.elapsed };
      return { kind: 'judged', ...evaluateRules(rules, attributes), rules, attributes, elapsed };
    },
  };
}
