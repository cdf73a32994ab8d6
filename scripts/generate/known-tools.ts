import { makeAlways, type Recall } from '../common/recall.ts';
import { type EarlierRun, hasResults, openEarlier } from './earlier.ts';
import { formatEach } from './format-each.ts';
import { partsOf } from './parts-file.ts';
import type { Tools } from './tools.ts';

type Used = Pick<Tools, 'emit' | 'format'>;

/** Orval has to run. */
class Unknown extends Error {}

/** Whether most of what the tools make is known, so that a thread for them would load libraries for nothing. */
export const isKnown = (tools: Pick<Tools, 'isRunning'>, earlier: EarlierRun): boolean =>
  !tools.isRunning() && hasResults(earlier, 'tools');

/**
 * The tools of a run that finds the results of an earlier one. It makes the types in this thread, and starts the thread
 * of the tools only for what is missing.
 */
export function withResults(tools: Used): Used {
  return {
    async emit(api, hooks, earlier) {
      const results = earlier && openEarlier(earlier, 'tools');
      const recall: Recall = (step, from, make) => {
        const missing = (): Promise<never> => Promise.reject(new Unknown());
        return (results?.recall ?? makeAlways)(step, from, step === 'orval' ? missing : make);
      };
      try {
        const { emitByTools } = await import('../emit/index.ts');
        const files = await formatEach(
          await emitByTools(api, { hooks, recall, parts: partsOf(earlier) }),
          recall,
          tools.format,
        );
        results?.save();
        return files;
      } catch (error) {
        if (error instanceof Unknown) return tools.emit(api, hooks, earlier);
        throw error;
      }
    },
    async format(files, earlier) {
      const results = earlier && openEarlier(earlier, 'format');
      const formatted = await formatEach(files, results?.recall ?? makeAlways, tools.format);
      results?.save();
      return formatted;
    },
  };
}
