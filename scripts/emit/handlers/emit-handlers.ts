import { render } from '../../common/templates/render.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import type { Naming } from '../views/naming.ts';

/** `handlers.ts`, still empty: inject adds the imports and entries. No entry point of the package reaches it. */
export function emitHandlers(api: Api, naming: Naming): readonly File[] {
  return [
    { path: 'src/handlers.ts', text: render('handlers/handlers.ts', { banner: banner(api), prefix: naming.prefix }) },
  ];
}
