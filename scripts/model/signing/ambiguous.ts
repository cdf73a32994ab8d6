import type { RecipeStep } from '@countersign/runtime/contract';

/** Values whose length the sender chooses, within the receiver's limits. */
const VARIABLE = ['timestamp', 'nonce', 'id', 'body', 'path', 'target', 'url', 'query', 'operationPath', 'packed'];

const isVariable = (step: RecipeStep | undefined): boolean =>
  step?.kind === 'pairs' ||
  step?.kind === 'member' ||
  step?.kind === 'headers' ||
  step?.kind === 'packedValue' ||
  step?.kind === 'components' ||
  (step?.kind === 'escape' && step.of.some(isVariable)) ||
  (step?.kind === 'request' && VARIABLE.includes(step.value));

/**
 * Two variable steps without a separator between them: another pair of values can give the same text. Undefined if
 * there are none.
 */
export function ambiguousPair(steps: readonly RecipeStep[]): readonly [RecipeStep, RecipeStep] | undefined {
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1];
    if (next && isVariable(step) && isVariable(next)) return [step, next];
    const inner = step.kind === 'digest' || step.kind === 'escape' ? ambiguousPair(step.of) : undefined;
    if (inner) return inner;
  }
  return undefined;
}

/** Whether two requests can have one canonical form. */
export const isAmbiguous = (steps: readonly RecipeStep[]): boolean => ambiguousPair(steps) !== undefined;
