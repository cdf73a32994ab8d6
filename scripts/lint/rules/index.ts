import type { Rule } from '../rule.ts';
import { additionalOperation } from './additional-operation.ts';
import { batchItems } from './batch-items.ts';
import { codeExample } from './code-example.ts';
import { confirmOperation } from './confirm-operation.ts';
import { credentialScheme } from './credential-scheme.ts';
import { dispatchClash } from './dispatch-clash.ts';
import { dispatchCondition } from './dispatch-condition.ts';
import { dispatchOverlap } from './dispatch-overlap.ts';
import { dispatchParameter } from './dispatch-parameter.ts';
import { documentSelf } from './document-self.ts';
import { encodingPosition } from './encoding-position.ts';
import { envelopeCode } from './envelope-code.ts';
import { envelopePointer } from './envelope-pointer.ts';
import { envelopeSuccess } from './envelope-success.ts';
import { errorName } from './error-name.ts';
import { extensionName } from './extension-name.ts';
import { extensionPlace } from './extension-place.ts';
import { extensionValue } from './extension-value.ts';
import { headerName } from './header-name.ts';
import { oauthFlow } from './oauth-flow.ts';
import { operationIdUnique } from './operation-id-unique.ts';
import { operationName } from './operation-name.ts';
import { operationReservedName } from './operation-reserved-name.ts';
import { pageParameter } from './page-parameter.ts';
import { pageProposed } from './page-proposed.ts';
import { parameterPlace } from './parameter-place.ts';
import { pathParametersDefined } from './path-parameters-defined.ts';
import { pattern } from './pattern.ts';
import { replayNonce } from './replay-nonce.ts';
import { securityScheme } from './security-scheme.ts';
import { sequentialContent } from './sequential-content.ts';
import { sessionOperation } from './session-operation.ts';
import { sessionToken } from './session-token.ts';
import { signingScheme } from './signing-scheme.ts';
import { signingVector } from './signing-vector.ts';
import { xmlNodeType } from './xml-node-type.ts';

const common: { readonly [code: string]: Rule } = {
  'additional-operation': additionalOperation,
  'batch-items': batchItems,
  'code-example': codeExample,
  'confirm-operation': confirmOperation,
  'credential-scheme': credentialScheme,
  'dispatch-clash': dispatchClash,
  'dispatch-condition': dispatchCondition,
  'dispatch-overlap': dispatchOverlap,
  'dispatch-parameter': dispatchParameter,
  'document-self': documentSelf,
  'encoding-position': encodingPosition,
  'envelope-code': envelopeCode,
  'envelope-pointer': envelopePointer,
  'envelope-success': envelopeSuccess,
  'error-name': errorName,
  'header-name': headerName,
  'oauth-flow': oauthFlow,
  'operation-name': operationName,
  // Replaces Redocly's rule of the same name.
  'operation-operationId-unique': operationIdUnique,
  'operation-reserved-name': operationReservedName,
  'page-parameter': pageParameter,
  'page-proposed': pageProposed,
  'parameter-place': parameterPlace,
  // Replaces Redocly's rule of the same name, too.
  'path-parameters-defined': pathParametersDefined,
  pattern,
  'replay-nonce': replayNonce,
  'security-scheme': securityScheme,
  'sequential-content': sequentialContent,
  'session-operation': sessionOperation,
  'session-token': sessionToken,
  'signing-scheme': signingScheme,
  'signing-vector': signingVector,
  'xml-node-type': xmlNodeType,
  'x-cs-place': extensionPlace,
  'x-cs-schema': extensionValue,
};

/** The expansion adds extensions that are invalid in a written document. */
export const rules = {
  written: { ...common, 'x-cs-unknown': extensionName([]) },
  expanded: { ...common, 'x-cs-unknown': extensionName(['x-cs-path', 'x-cs-when', 'x-cs-webhook', 'x-cs-content']) },
} as const;

/** Codes of the rules. */
export const ruleCodes: readonly string[] = Object.keys(rules.written);
