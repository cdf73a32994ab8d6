import type { ApiDescriptor, OperationDescriptor } from '@countersign/runtime/contract';
import type { Signers } from '@countersign/runtime/signing';

/** A provider whose flows run: its generated code, and the credentials that the proxy adds to calls. */
export type FlowProvider = {
  readonly provider: string;
  readonly api: ApiDescriptor;
  /** The operations, by operationId. */
  readonly operations: Readonly<Record<string, OperationDescriptor>>;
  readonly signers: Signers;
  /** By credential name: `apiKey`. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Base URL of the provider in the sandbox, without a trailing slash. */
  readonly upstream: string;
};

/** One check that a step did not pass, in the words of respect. */
export type FlowProblem = { readonly step: string; readonly check: string; readonly message: string };

/** The result of one workflow, step by step. */
export type FlowResult = {
  readonly provider: string;
  /** workflowId. */
  readonly workflow: string;
  /** The number of its steps, and of those that ran and passed every check. */
  readonly steps: number;
  readonly passedSteps: number;
  readonly passed: boolean;
  readonly problems: readonly FlowProblem[];
};
