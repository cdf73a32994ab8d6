import {
  type Faults,
  kindIn,
  matchMediaType,
  type OperationDescriptor,
  type OperationValidators,
} from '../contract/index.ts';
import { isPending } from './after.ts';
import { declaredFor } from './declared-for.ts';
import { type Failure, PROBLEM } from './envelope.ts';
import { check } from './validate.ts';

const UNPROCESSABLE = 422;

/**
 * Compiles the conversion of a failure in the standard format to what the operation declares. An invalid request gets
 * 422 if only that is declared. A declared JSON media type replaces `application/problem+json` if its schema accepts the
 * body. Bodies of another format need the option `onReject`, because their content cannot be derived.
 */
export function compileDeclaredFailure(
  operation: OperationDescriptor,
  { invalid }: Faults,
  validators: OperationValidators | undefined,
): (failure: Failure) => Failure {
  const declaredInvalid =
    declaredFor(operation, Number(invalid)) === undefined &&
    operation.responses.some(({ status }) => status === String(UNPROCESSABLE))
      ? UNPROCESSABLE
      : undefined;

  return (failure) => {
    if (failure.contentType !== PROBLEM) return failure;
    const isMoved = declaredInvalid !== undefined && failure.status === Number(invalid);
    const status = isMoved ? declaredInvalid : failure.status;
    const body = isMoved ? { ...(failure.body as object), title: String(status), status } : failure.body;
    const declared = declaredFor(operation, status);
    if (!declared || declared.content.length === 0 || matchMediaType(PROBLEM, declared.content) !== undefined)
      return { ...failure, status, body };
    const contentType = declared.content.find((type) => {
      const validator = validators?.responses[declared.status]?.[type];
      if (!validator || type.includes('*') || kindIn(type, declared) !== 'json') return false;
      const checked = check(validator, body, '');
      return !isPending(checked) && checked.flaws === undefined;
    });
    return { status, body, contentType: contentType ?? PROBLEM };
  };
}
