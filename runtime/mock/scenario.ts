import { createRandom } from '../values/random.ts';
import type { Preference } from './prefer.ts';

/** The behavior of the mock in addition to the preferences of a request. */
export type Scenario = {
  readonly name: string;
  /** A description for people. */
  readonly description: string;
  /** Milliseconds to wait before each response. */
  readonly delay: number;
  /** Share of responses that are replaced with failures, from 0 to 1. */
  readonly chaos: number;
};

/** The effect of a scenario on one request. */
export type Fault = 'error' | 'slow' | 'cut';

/** The built-in scenarios: `normal`, `slow` and others, with their delays in milliseconds and their share of errors. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'normal', description: 'Every response is immediate and as requested.', delay: 0, chaos: 0 },
  { name: 'slow', description: 'Every response takes 2 s.', delay: 2000, chaos: 0 },
  {
    name: 'flaky',
    description: 'One response in five is an error, takes 1.5 s longer, or is cut off.',
    delay: 0,
    chaos: 0.2,
  },
  { name: 'down', description: "Every response is the provider's server error.", delay: 0, chaos: 1 },
];

/** Additional milliseconds of a slow response. */
export const SLOW = 1500;

/** Selects the mock's response: by the scenario, and by pins of an operation. */
export type Director = {
  readonly scenario: Scenario;
  choose(scenario: Scenario): void;
  /** The responses to requests without a preference, by `<provider>/<operationId>`. */
  readonly pins: ReadonlyMap<string, Preference>;
  pin(key: string, preference: Preference | undefined): void;
  /** Returns the effect on the next request. Called once per request. */
  next(): Fault | undefined;
  /** Returns a text that differs between requests and is the same in each run. */
  nextSeed(): string;
  /** Restarts the sequence of the seed. */
  restart(): void;
};

/** The first scenario, and the seed of its random choices. */
export type DirectorOptions = { readonly scenario?: Scenario; readonly seed?: string };

/** Creates a director whose choices are the same for the same seed. */
export function createDirector({
  scenario: first = SCENARIOS[0] as Scenario,
  seed = '1',
}: DirectorOptions = {}): Director {
  let scenario = first;
  let random = createRandom(seed);
  let count = 0;
  const pins = new Map<string, Preference>();
  const restart = (): void => {
    random = createRandom(seed);
    count = 0;
  };
  return {
    get scenario() {
      return scenario;
    },
    choose(next) {
      scenario = next;
      restart();
    },
    pins,
    pin(key, preference) {
      if (preference === undefined) pins.delete(key);
      else pins.set(key, preference);
    },
    next() {
      const { name, chaos } = scenario;
      if (chaos === 0) return undefined;
      if (name === 'down') return 'error';
      // Both numbers are drawn each time, so that the result of one request never affects the next.
      const [hit, kind] = [random(), random()];
      if (hit >= chaos) return undefined;
      return kind < 0.6 ? 'error' : kind < 0.85 ? 'slow' : 'cut';
    },
    nextSeed() {
      count += 1;
      return `${seed}:${count}`;
    },
    restart,
  };
}
