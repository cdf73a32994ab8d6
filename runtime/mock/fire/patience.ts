import type { OperationDescriptor } from '../../contract/index.ts';
import type { MockProvider } from '../types.ts';

/** Milliseconds that a provider waits for your server, according to its contract. */
export const patienceOf = ({ api }: MockProvider, { timeout }: OperationDescriptor): number =>
  timeout?.response ?? api.timeout?.response ?? 10_000;
