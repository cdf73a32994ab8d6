import type { Api, File } from '../model/types.ts';
import { render } from '../render.ts';
import { banner } from './banner.ts';
import type { Naming } from './naming.ts';

/** `index.ts`: what `import … from '@countersign/<provider>'` gives, which is all that a caller needs. */
export function emitIndex(api: Api, naming: Naming): readonly File[] {
  const text = render('index.ts', { banner: banner(api), prefix: naming.prefix });
  return [{ path: 'src/index.ts', text, formatted: true }];
}
