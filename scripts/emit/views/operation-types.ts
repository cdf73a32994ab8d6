import type { Api } from '../../model/types.ts';

/** What the types of an operation depend on, as code. */
export type TypeSource = {
  /** Index type of openapi-typescript's `operations`. */
  readonly id: string;
  /** Union of the query parameters that dispatch sets, as string literals; `never` if there are none. */
  readonly fixed: string;
  /** Type of the envelope. */
  readonly envelope: string;
  /** Union of failure codes. */
  readonly codes: string;
  /** Whether the errors have types of their bodies by code. */
  readonly byCode: boolean;
};

/** The types of one operation, as code: of a call, without the errors of OAuth, and of its handler. */
export type OperationTypes = {
  readonly input: string;
  readonly data: string;
  readonly error: string;
  readonly request: string;
  readonly result: string;
};

/** The envelope of most operations. */
export const ENVELOPE = 'typeof api.envelope';

/** Whether the API's envelope has codes of its own, so that bodies have types by code. */
const hasCodes = ({ descriptor }: Api): boolean => descriptor.envelope.code !== 'status';

const isPlain = ({ fixed }: TypeSource): boolean => fixed === 'never';
const isEnveloped = ({ envelope }: TypeSource): boolean => envelope === ENVELOPE;
const isUsual = (api: Api, source: TypeSource): boolean => isEnveloped(source) && source.byCode === hasCodes(api);

const errorType = (op: string, codes: string, envelope: string, byCode: boolean): string => {
  const bodies = byCode ? `, CodeBodies<${op}, ${envelope}, ${codes}>` : '';
  return `CallError<${codes}, typeof errors, FailureBodies<${op}>${bodies}>`;
};

/**
 * The types of an operation. Types that most operations have in the same form use an alias of `clientAliases` or
 * `serverAliases`, because a large contract would repeat the form a thousand times.
 */
export function operationTypes(api: Api, source: TypeSource): OperationTypes {
  const { id, fixed, envelope, codes, byCode } = source;
  const op = `Ops[${id}]`;
  const withCodes = codes === 'never' ? id : `${id}, ${codes}`;
  return {
    input: isPlain(source) ? `InputOf<${id}>` : `Input<${op}, ${fixed}>`,
    data: isEnveloped(source) ? `DataOf<${id}>` : `Data<${op}, ${envelope}>`,
    error: isUsual(api, source) ? `ErrorOf<${withCodes}>` : errorType(op, codes, envelope, byCode),
    request: isPlain(source) ? `RequestOf<${id}>` : `HandlerInput<${op}, ${fixed}>`,
    result: isEnveloped(source) ? `ResultOf<${withCodes}>` : `HandlerResult<${op}, ${envelope}, ${codes}>`,
  };
}

/** Declarations of the aliases in use, and whether they refer to the type `Code`. */
export type Aliases = { readonly declarations: readonly string[]; readonly hasCode: boolean };

/** The parameter for codes, if an operation has any, and the codes that an alias refers to. */
const codesOf = (sources: readonly TypeSource[]): readonly [parameter: string, codes: string] =>
  sources.some(({ codes }) => codes !== 'never') ? [', Codes extends Code = never', 'Codes'] : ['', 'never'];

/** The aliases for `client.ts`. */
export function clientAliases(api: Api, sources: readonly TypeSource[]): Aliases {
  const usual = sources.filter((source) => isUsual(api, source));
  const [parameter, codes] = codesOf(usual);
  const error = errorType('Ops[Id]', codes, ENVELOPE, hasCodes(api));
  return {
    declarations: [
      ...(sources.some(isPlain) ? ['type InputOf<Id extends keyof Ops> = Input<Ops[Id]>;'] : []),
      ...(sources.some(isEnveloped) ? [`type DataOf<Id extends keyof Ops> = Data<Ops[Id], ${ENVELOPE}>;`] : []),
      ...(usual.length > 0 ? [`type ErrorOf<Id extends keyof Ops${parameter}> = ${error};`] : []),
    ],
    hasCode: parameter !== '',
  };
}

/** The aliases for `server.ts`. */
export function serverAliases(sources: readonly TypeSource[]): Aliases {
  const enveloped = sources.filter(isEnveloped);
  const [parameter, codes] = codesOf(enveloped);
  const result = `type ResultOf<Id extends keyof Ops${parameter}> = HandlerResult<Ops[Id], ${ENVELOPE}, ${codes}>;`;
  return {
    declarations: [
      ...(sources.some(isPlain) ? ['type RequestOf<Id extends keyof Ops> = HandlerInput<Ops[Id]>;'] : []),
      ...(enveloped.length > 0 ? [result] : []),
    ],
    hasCode: parameter !== '',
  };
}
