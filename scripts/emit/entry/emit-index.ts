import { render } from '../../common/templates/render.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { oauthSchemes } from '../views/credentials.ts';
import type { Naming } from '../views/naming.ts';

/** `index.ts`: the exports of `@countersign/<provider>`, which are all that a caller needs. */
export function emitIndex(api: Api, naming: Naming): readonly File[] {
  const text = render('entry/index.ts', {
    banner: banner(api),
    prefix: naming.prefix,
    oauth: oauthSchemes(api).length > 0,
  });
  return [{ path: 'src/index.ts', text, formatted: true }];
}
