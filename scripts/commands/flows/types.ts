import type { ApiDescriptor, OperationDescriptor } from '@countersign/runtime/contract';
import type { Signers } from '@countersign/runtime/signing';

/** A provider whose flows run: its generated code, and the credentials that the proxy adds to calls. */
export type FlowProvider = {
  readonly provider: string;
  readonly api: ApiDescriptor;
  /** By operationId. */
  readonly operations: Readonly<Record<string, OperationDescriptor>>;
  readonly signers: Signers;
  /** By credential name: `apiKey`. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Of the provider in the sandbox, without a trailing slash. */
  readonly upstream: string;
};

/** One check that a step did not pass, in the words of respect. */
export type FlowProblem = { readonly step: string; readonly check: string; readonly message: string };

/** The result of one workflow, step by step. */
export type FlowResult = {
  readonly provider: string;
  /** workflowId. */
  readonly workflow: string;
  /** How many it has, and how many of them were run and passed every check. */
  readonly steps: number;
  readonly passedSteps: number;
  readonly passed: boolean;
  readonly problems: readonly FlowProblem[];
};
