import { isObject, ownMember } from '../../common/document/pointer.ts';
import { didYouMean } from '../../common/text/nearest.ts';
import { collectOperations } from '../collect-operations.ts';
import { collectSchemes } from '../collect-schemes.ts';
import type { Location, Rule } from '../rule.ts';

/** Every code that an operation returns needs a name in the document's envelope. */
export const envelopeCode: Rule = () => {
  const { operations, visitor } = collectOperations();
  const found = collectSchemes();
  return {
    ...visitor,
    ...found.visitor,
    Root: {
      leave: (root, { report, location }) => {
        const envelope = root['x-cs-envelope'];
        const errors = ownMember(envelope, 'errors');
        if (!isObject(envelope)) return;
        const known = new Set(isObject(errors) ? Object.keys(errors) : []);
        const check = (code: unknown, place: Location) => {
          if (code === undefined || typeof code === 'object' || known.has(String(code))) return;
          report({
            message: `The error code ${String(code)} is not declared in \`x-cs-envelope.errors\`.`,
            help: `${didYouMean(String(code), known)}Add the code and its name to \`x-cs-envelope.errors\` of the document.`,
            location: place,
          });
        };
        for (const operation of operations) {
          const codes = ownMember(operation.node['x-cs-envelope'], 'codes');
          for (const [index, code] of (Array.isArray(codes) ? codes : []).entries()) {
            check(code, operation.location.child(['x-cs-envelope', 'codes', index]));
          }
        }
        for (const scheme of found.schemes) {
          for (const extension of ['x-cs-signing', 'x-cs-credential', 'x-cs-session']) {
            const refusals = ownMember(scheme.node[extension], 'refusals');
            for (const [name, code] of isObject(refusals) ? Object.entries(refusals) : []) {
              if (!name.startsWith('x-')) check(code, scheme.location.child([extension, 'refusals', name]));
            }
          }
        }
        for (const [name, code] of isObject(envelope.faults) ? Object.entries(envelope.faults) : []) {
          if (!name.startsWith('x-')) check(code, location.child(['x-cs-envelope', 'faults', name]));
        }
      },
    },
  };
};
