import type { Diagnostic } from '../common/diagnostics/diagnostic.ts';
import { camelCase, isIdentifier } from '../common/text/names.ts';
import { nearest } from '../common/text/nearest.ts';
import type { Api, Operation } from '../model/types.ts';
import type { PluginExport } from './read-exports.ts';

/** The part of a contract that exports of plugins are matched with. */
export type Contract = Pick<Api, 'securitySchemes' | 'locate'> & {
  readonly operations: readonly Pick<Operation, 'identifier'>[];
};

/** Exports of plugins, matched with the contract. */
export type Matched = {
  /** The export for each key of the composition: a scheme's name or an operation's identifier. */
  readonly entries: ReadonlyMap<string, PluginExport>;
  readonly diagnostics: readonly Diagnostic[];
};

const list = (names: readonly string[]): string =>
  names.length === 0 ? 'none' : names.map((name) => `\`${name}\``).join(', ');

function unknownExport(found: PluginExport, what: string, known: readonly string[]): Diagnostic {
  const near = nearest(found.name, known);
  return {
    severity: 'error',
    code: 'plugin-unknown-export',
    message: `The export \`${found.name}\` does not match any ${what} of the contract.`,
    help: `${near === undefined ? '' : `Did you mean \`${near}\`? `}Known names: ${list(known)}. Move helpers to a file that is not injected.`,
    at: found.at,
  };
}

function twiceExported(found: PluginExport, first: PluginExport): Diagnostic {
  return {
    severity: 'error',
    code: 'plugin-duplicate-export',
    message: `\`${found.name}\` is exported twice. The first export is in ${first.file.shown}:${first.at.line}.`,
    help: 'Remove one of the two exports.',
    at: found.at,
  };
}

/** Valid values of `signer`, the same as in specs/x-cs.schema.json. */
const SIGNER_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** How to add a scheme's signer. A name that is invalid in code needs a different one in the contract. */
function signerHelp(signer: string, near: string | undefined): string {
  const guess = near === undefined ? '' : `Did you mean \`${near}\`? `;
  if (isIdentifier(signer)) return `${guess}Write \`export const ${signer} = defineSigner({ … })\` there.`;
  const cased = camelCase(signer);
  const name = SIGNER_NAME.test(cased) && isIdentifier(cased) ? cased : 'signer';
  return `${guess}The scheme's name is not a valid identifier. Write \`export const ${name} = defineSigner({ … })\` there, and \`signer: ${name}\` in the scheme's \`x-cs-signing\`.`;
}

/** Signers by scheme. Every signature scheme without a recipe needs one, and several schemes may share one. */
export function matchSigners(api: Contract, exports: readonly PluginExport[], folder: string): Matched {
  const schemes = api.securitySchemes.flatMap(({ descriptor, pointer }) =>
    descriptor.kind === 'signature' && !descriptor.recipe
      ? [{ name: descriptor.name, signer: descriptor.signer, pointer }]
      : [],
  );
  const wanted = [...new Set(schemes.map(({ signer }) => signer))];
  const byName = new Map(exports.map((found) => [found.name, found]));
  const diagnostics: Diagnostic[] = exports
    .filter(({ name }) => !wanted.includes(name))
    .map((found) => unknownExport(found, 'signer', wanted));
  const entries = new Map<string, PluginExport>();
  for (const { name, signer, pointer } of schemes) {
    const found = byName.get(signer);
    if (found !== undefined) {
      entries.set(name, found);
      continue;
    }
    const near = nearest(signer, [...byName.keys()]);
    diagnostics.push({
      severity: 'error',
      code: 'signer-missing',
      message: `The security scheme \`${name}\` needs the signer \`${signer}\`, which ${folder}/signing.ts does not export.`,
      help: signerHelp(signer, near),
      at: api.locate(pointer),
      pointer,
    });
  }
  return { entries, diagnostics };
}

/** Handlers by operationId: one export each. An operation without one returns 501. */
export function matchHandlers(api: Contract, exports: readonly PluginExport[]): Matched {
  const known = api.operations.map(({ identifier }) => identifier);
  const entries = new Map<string, PluginExport>();
  const diagnostics: Diagnostic[] = [];
  for (const found of exports) {
    const first = entries.get(found.name);
    if (!known.includes(found.name)) diagnostics.push(unknownExport(found, 'operation', known));
    else if (first !== undefined) diagnostics.push(twiceExported(found, first));
    else entries.set(found.name, found);
  }
  return { entries, diagnostics };
}

const CLIENT_HOOKS = ['onRequest', 'onResponse', 'onError', 'onRetry'];

/** Client hooks by name. */
export function matchHooks(exports: readonly PluginExport[]): Matched {
  return {
    entries: new Map(exports.filter(({ name }) => CLIENT_HOOKS.includes(name)).map((found) => [found.name, found])),
    diagnostics: exports
      .filter(({ name }) => !CLIENT_HOOKS.includes(name))
      .map((found) => unknownExport(found, 'client hook', CLIENT_HOOKS)),
  };
}
