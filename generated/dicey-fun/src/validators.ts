import type { OperationValidators } from '@countersign/runtime/contract';
/** Stand-in until the emitter is joined up. */
export const validators: Readonly<Record<string, OperationValidators>> = {};
