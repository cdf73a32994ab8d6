/** Responses of several operations. */

export const done = { data: { result_code: 0 } } as const;
export const invalidParameter = { error: { code: 1001, message: 'Invalid parameter' } } as const;
export const notFound = { error: { code: 1002, message: 'Data does not exist' } } as const;
export const conditionNotMet = { error: { code: 2001, message: 'Conditions are not met' } } as const;
/** The user withdrew during the call, so that the token is no longer valid. */
export const withdrawn = { error: { code: 401, message: 'The user has withdrawn' } } as const;
