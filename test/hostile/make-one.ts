/** Runs in a separate process: one document through the whole pipeline. Usage: node make-one.ts <file> */
import { accept, makeFiles } from './pipeline.ts';

const outcome = await accept(process.argv[2] ?? '');
const result =
  outcome.kind === 'refused'
    ? {
        codes: outcome.diagnostics
          .filter(({ severity }) => severity === 'error')
          .map(({ code, at }) => [code, at.line]),
      }
    : { bytes: (await makeFiles(outcome.api)).reduce((sum, { text }) => sum + text.length, 0) };
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({ ...result, seconds: (user + system) / 1e6, memory: process.resourceUsage().maxRSS * 1024 }),
);
