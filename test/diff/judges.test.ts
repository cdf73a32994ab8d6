import { describe, it } from 'vitest';
import { expectJudges } from './expect-judges.ts';

describe('changes of generated documents', () => {
  it('cause no bump that is too low, and few that are too high', () => expectJudges(200, 0.04));
});
