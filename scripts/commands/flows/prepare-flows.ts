import { asList, asNode, asText, type Node } from '../../model/reader.ts';
import type { FlowResult } from './types.ts';

/**
 * The placeholder of a credential in a flow. The proxy replaces it by the value, so that respect never sees a secret.
 */
export const placeholder = (credential: string): string => `the-proxy-adds-${credential}`;

/** A copy of the flows with the given file as its only source, under its name. */
export function prepareFlows(flows: Node, document: string): Node {
  const sources = asList(flows.sourceDescriptions).map(asNode);
  const [source] = sources;
  if (source === undefined || sources.length > 1 || source.type !== 'openapi')
    throw new Error('The flows of a provider must have exactly one source, its generated openapi.json.');
  return { ...flows, sourceDescriptions: [{ ...source, url: document }] };
}

/** Placeholders for the inputs that are named as credentials; other inputs have their defaults. */
export function makeInputs(flows: Node, credentials: readonly string[]): Readonly<Record<string, string>> {
  const schemas = [...Object.values(asNode(asNode(flows.components).inputs)), ...workflowsOf(flows).map(inputsOf)];
  const names = new Set(schemas.flatMap((schema) => Object.keys(asNode(asNode(schema).properties))));
  return Object.fromEntries(
    credentials.filter((name) => names.has(name)).map((name) => [name, placeholder(name)] as const),
  );
}

/** A workflow and its steps, before it runs. */
export type DeclaredWorkflow = Pick<FlowResult, 'workflow' | 'steps'>;

/** The workflows that a run must contain. */
export function listWorkflows(flows: Node): readonly DeclaredWorkflow[] {
  return workflowsOf(flows).map(({ workflowId, steps }) => ({
    workflow: asText(workflowId),
    steps: asList(steps).length,
  }));
}

const workflowsOf = (flows: Node): readonly Node[] => asList(flows.workflows).map(asNode);

const inputsOf = ({ inputs }: Node): unknown => inputs;
