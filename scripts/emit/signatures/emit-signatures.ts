import { render } from '../../common/templates/render.ts';
import { literal, stringLiteral } from '../../common/text/literal.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';

/**
 * `test/signatures.test.ts`: compares every test vector, with its body and headers, with the signer or recipe of its
 * scheme.
 */
export function emitSignatures(api: Api): readonly File[] {
  const vectors = api.securitySchemes.flatMap(({ descriptor, vectors }) =>
    descriptor.kind !== 'signature'
      ? []
      : vectors.map(({ description, 'x-cs-source': _, ...vector }, index) => ({
          title: stringLiteral(`${descriptor.name}: ${description ?? `vector ${index + 1}`}`),
          scheme: stringLiteral(descriptor.name),
          vector: literal(vector),
        })),
  );
  if (vectors.length === 0) return [];
  return [
    {
      path: 'test/signatures.test.ts',
      text: render('signatures/signatures.test.ts', { banner: banner(api), vectors }),
    },
  ];
}
