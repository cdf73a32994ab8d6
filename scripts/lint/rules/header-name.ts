import { isObject } from '../../common/document/pointer.ts';
import type { Location, Rule, RuleContext } from '../rule.ts';

/** The characters in names of headers (RFC 9110, 5.6.2) and of cookies (RFC 6265, 4.1.1). */
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** Headers and cookies need valid names: a request with an invalid name cannot be sent. */
export const headerName: Rule = () => {
  const check = (node: unknown, { report }: RuleContext, location: Location): void => {
    if (!isObject(node) || (node.in !== 'header' && node.in !== 'cookie') || typeof node.name !== 'string') return;
    if (TOKEN.test(node.name)) return;
    report({
      message: `The ${node.in} name ${JSON.stringify(node.name)} is not valid.`,
      help: "Use only letters, digits and !#$%&'*+-.^_`|~, in the provider's spelling.",
      location: location.child(['name']),
    });
  };
  /** The extensions contain carriers at different depths. */
  const checkWithin = (value: unknown, context: RuleContext, location: Location): void => {
    check(value, context, location);
    if (typeof value !== 'object' || value === null) return;
    for (const [name, member] of Object.entries(value)) checkWithin(member, context, location.child([name]));
  };
  return {
    Parameter: (parameter, context) => check(parameter, context, context.location),
    SecurityScheme: (scheme, context) => {
      check(scheme, context, context.location);
      for (const name of ['x-cs-signing', 'x-cs-credential', 'x-cs-session'])
        if (Object.hasOwn(scheme, name)) checkWithin(scheme[name], context, context.location.child([name]));
    },
  };
};
