import type { CallOptions, ClientOptions } from './options.ts';

type Named = CallOptions & Pick<ClientOptions, 'maxResponseBytes' | 'maxAnswerBytes'>;

/** Accepts the earlier names `maxAnswerBytes` and `validation.answers`. */
export function withPresentNames<Given extends Named>(given: Given): Given {
  const { maxAnswerBytes, validation } = given;
  if (maxAnswerBytes === undefined && validation?.answers === undefined) return given;
  return {
    ...given,
    maxResponseBytes: given.maxResponseBytes ?? maxAnswerBytes,
    ...(validation && { validation: { ...validation, responses: validation.responses ?? validation.answers } }),
  };
}
