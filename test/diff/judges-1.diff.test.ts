import { describe, it } from 'vitest';
import { expectJudges } from './expect-judges.ts';

describe('changes of generated documents, the first half', () => {
  it('cause no bump that is too low, and few that are too high', () => expectJudges(1_050, 0.02, 1));
});
