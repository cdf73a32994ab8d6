/** Answers that several operations give. */

export const done = { data: { result_code: 0 } } as const;
export const invalidParameter = { error: { code: 1001, message: 'Invalid parameter' } } as const;
export const notFound = { error: { code: 1002, message: 'Data does not exist' } } as const;
export const conditionNotMet = { error: { code: 2001, message: 'Conditions are not met' } } as const;
/** The user withdrew while the call was under way, so that the token is of no use any more. */
export const withdrawn = { error: { code: 401, message: 'The user has withdrawn' } } as const;
