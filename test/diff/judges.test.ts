import { describe, it } from 'vitest';
import { expectJudges } from './expect-judges.ts';

// Of so few, one more or less is much: `npm run test:diff` asks for 2 %.
describe('changes of generated documents', () => {
  it('have no bump that is too low, and few that are too high', () => expectJudges(200, 0.05));
});
