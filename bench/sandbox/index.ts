/** `npm run bench:sandbox`: the cost of the providers on a real PostgreSQL, and the start time of the sandbox. */
import { benchMyScore } from './my-score.ts';
import { benchStart } from './start.ts';
import { benchWallet } from './wallet.ts';

let missed = false;
for (const bench of [benchStart, benchWallet, benchMyScore]) {
  for (const line of await bench()) {
    missed ||= line.endsWith('NOT REACHED');
    console.log(line);
  }
}
if (missed) process.exitCode = 1;
