import { render } from '../../common/templates/render.ts';
import { stringLiteral } from '../../common/text/literal.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import type { Naming } from '../views/naming.ts';

/** `plugins.ts`, still empty: inject adds the imports and entries. Client and server import it. */
export function emitPlugins(api: Api, naming: Naming): readonly File[] {
  const schemes = api.securitySchemes.filter(({ descriptor }) => descriptor.kind === 'signature' && !descriptor.recipe);
  const signerNames = schemes.map(({ descriptor }) => stringLiteral(descriptor.name)).join(' | ') || 'never';
  const view = { banner: banner(api), prefix: naming.prefix, signerNames };
  return [{ path: 'src/plugins.ts', text: render('plugins/plugins.ts', view) }];
}
