import { render } from '../../common/templates/render.ts';
import { docComment, keyLiteral, literal, stringLiteral } from '../../common/text/literal.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { codeValue } from '../views/code-value.ts';
import type { Naming } from '../views/naming.ts';

/** `errors.ts`: a class and a guard for each code that the envelope names. */
export function emitErrors(api: Api, naming: Naming): readonly File[] {
  const errors = Object.entries(api.descriptor.envelope.errors).map(([code, error]) => {
    const name = naming.errors.get(code) ?? '';
    return {
      name,
      guard: `is${name}`,
      nameLiteral: stringLiteral(name),
      code: literal(codeValue(api, code)),
      key: keyLiteral(code),
      doc: docComment([error.description ?? `The provider returned the code ${code}.`]),
    };
  });
  const text = render('errors/errors.ts', { banner: banner(api), errors, any: errors.length > 0 });
  // Without errors, there is nothing to format.
  return [{ path: 'src/errors.ts', text, formatted: errors.length === 0 }];
}
