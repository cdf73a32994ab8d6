import type { Rule } from './rule.ts';
import { batchItems } from './rules/batch-items.ts';
import { codeExample } from './rules/code-example.ts';
import { credentialScheme } from './rules/credential-scheme.ts';
import { dispatchClash } from './rules/dispatch-clash.ts';
import { dispatchCondition } from './rules/dispatch-condition.ts';
import { dispatchOverlap } from './rules/dispatch-overlap.ts';
import { dispatchParameter } from './rules/dispatch-parameter.ts';
import { envelopeCode } from './rules/envelope-code.ts';
import { envelopePointer } from './rules/envelope-pointer.ts';
import { envelopeSuccess } from './rules/envelope-success.ts';
import { errorName } from './rules/error-name.ts';
import { extensionName } from './rules/extension-name.ts';
import { extensionPlace } from './rules/extension-place.ts';
import { extensionValue } from './rules/extension-value.ts';
import { headerName } from './rules/header-name.ts';
import { operationName } from './rules/operation-name.ts';
import { pageParameter } from './rules/page-parameter.ts';
import { pattern } from './rules/pattern.ts';
import { replayNonce } from './rules/replay-nonce.ts';
import { securityScheme } from './rules/security-scheme.ts';
import { sessionOperation } from './rules/session-operation.ts';
import { sessionToken } from './rules/session-token.ts';
import { signingScheme } from './rules/signing-scheme.ts';
import { signingVector } from './rules/signing-vector.ts';

const common: { readonly [code: string]: Rule } = {
  'batch-items': batchItems,
  'code-example': codeExample,
  'credential-scheme': credentialScheme,
  'dispatch-clash': dispatchClash,
  'dispatch-condition': dispatchCondition,
  'dispatch-overlap': dispatchOverlap,
  'dispatch-parameter': dispatchParameter,
  'envelope-code': envelopeCode,
  'envelope-pointer': envelopePointer,
  'envelope-success': envelopeSuccess,
  'error-name': errorName,
  'header-name': headerName,
  'operation-name': operationName,
  'page-parameter': pageParameter,
  pattern,
  'replay-nonce': replayNonce,
  'security-scheme': securityScheme,
  'session-operation': sessionOperation,
  'session-token': sessionToken,
  'signing-scheme': signingScheme,
  'signing-vector': signingVector,
  'x-cs-place': extensionPlace,
  'x-cs-schema': extensionValue,
};

/** Expanding adds extensions of its own, which nobody may write. */
export const rules = {
  written: { ...common, 'x-cs-unknown': extensionName([]) },
  expanded: { ...common, 'x-cs-unknown': extensionName(['x-cs-path', 'x-cs-when', 'x-cs-webhook']) },
} as const;

export const ruleCodes: readonly string[] = Object.keys(rules.written);
