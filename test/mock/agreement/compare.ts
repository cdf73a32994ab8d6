import { createMakeInput } from '../../../runtime/mock/make-input.ts';
import type { BothServers, Verdict } from './both-servers.ts';
import { type Kept, spoiledRequests, toRequest, validRequests } from './requests.ts';

/** The result of a comparison. */
export type Comparison = {
  readonly accepted: number;
  readonly refused: number;
  /** Requests on which the two servers disagree, and valid ones that were rejected. */
  readonly wrong: readonly string[];
};

/** Sends valid and invalid requests of every operation to both servers. */
export async function compareVerdicts(both: BothServers, seeds: readonly string[], most?: number): Promise<Comparison> {
  const { provider } = both;
  const makeInput = createMakeInput(provider.document);
  const wrong: string[] = [];
  let accepted = 0;
  let refused = 0;
  const judge = async (kept: Kept, mustPass: boolean): Promise<void> => {
    const [generated, mock] = [await both.generated(toRequest(kept)), await both.mock(toRequest(kept))];
    if (generated.accepted) accepted += 1;
    else refused += 1;
    if (mustPass && !generated.accepted) wrong.push(`${kept.what}: valid, but ${describe(generated)}`);
    if (generated.accepted !== mock.accepted || (!mock.accepted && generated.status !== mock.status))
      wrong.push(`${kept.what}: generated ${describe(generated)}; mock ${describe(mock)}`);
  };
  for (const operation of provider.operations) {
    for await (const kept of validRequests(provider, operation, makeInput, [undefined, ...seeds])) {
      if (typeof kept === 'string') wrong.push(`${kept}: was not sent`);
      else await judge(kept, true);
    }
    for (const seed of seeds)
      for await (const kept of spoiledRequests(provider, operation, makeInput, seed, most)) await judge(kept, false);
  }
  return { accepted, refused, wrong };
}

const describe = ({ accepted, status, text }: Verdict): string =>
  accepted ? 'accepted' : `rejected ${status} ${text.slice(0, 300)}`;
