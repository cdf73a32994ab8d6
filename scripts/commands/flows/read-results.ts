import { stripVTControlCharacters } from 'node:util';
import { asList, asNode, asText, type Node } from '../../model/reader.ts';
import type { DeclaredWorkflow } from './prepare-flows.ts';
import type { RespectRun } from './run-respect.ts';
import type { FlowProblem, FlowResult } from './types.ts';

/**
 * A result for each declared workflow. It passes if every step ran and passed every check: a workflow that respect
 * skipped has not passed.
 */
export function readResults(provider: string, { declared, report, printed }: RespectRun): readonly FlowResult[] {
  const executed = asList(report?.executedWorkflows).map(asNode);
  return declared.map((workflow) => {
    const found = executed.find(({ workflowId }) => workflowId === workflow.workflow);
    return found === undefined ? notRun(provider, workflow, printed) : readWorkflow(provider, workflow, found);
  });
}

function readWorkflow(provider: string, declared: DeclaredWorkflow, executed: Node): FlowResult {
  const steps = asList(executed.executedSteps).map(asNode);
  const passedSteps = steps.filter((step) => checksOf(step).length > 0 && failuresOf(step).length === 0).length;
  const problems = steps.flatMap((step) => failuresOf(step));
  if (problems.length === 0 && steps.length < declared.steps)
    problems.push({ step: '', check: 'completeness', message: `${declared.steps - steps.length} steps were not run` });
  const passed = passedSteps === declared.steps && problems.length === 0;
  return { provider, ...declared, passedSteps, passed, problems };
}

const checksOf = (step: Node): readonly Node[] => asList(step.checks).map(asNode);

/** A warning is a failure too: a response that the document does not describe. */
const failuresOf = (step: Node): FlowProblem[] =>
  checksOf(step)
    .filter(({ passed }) => passed !== true)
    .map(({ name, message }) => ({ step: asText(step.stepId), check: asText(name), message: clean(asText(message)) }));

function notRun(provider: string, declared: DeclaredWorkflow, printed: string): FlowResult {
  const message = clean(printed) || 'respect printed nothing';
  return { provider, ...declared, passedSteps: 0, passed: false, problems: [{ step: '', check: 'not run', message }] };
}

const clean = (text: string): string => stripVTControlCharacters(text).trim();
