import type { OperationDescriptor } from '../contract/index.ts';

/** The response that an operation declares for a status: itself, its range, or the default (OpenAPI 3.1.1, 4.8.16). */
export function declaredFor(
  { responses }: OperationDescriptor,
  status: number,
): OperationDescriptor['responses'][number] | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return (
    responses.find((response) => response.status === String(status)) ??
    responses.find((response) => response.status.toUpperCase() === range) ??
    responses.find((response) => response.status === 'default')
  );
}
