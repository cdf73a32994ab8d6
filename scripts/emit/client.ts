import type { Api, File } from '../model/types.ts';
import { render } from '../render.ts';
import { banner } from './banner.ts';
import type { Naming } from './naming.ts';
import { viewOperations } from './views.ts';

/** `client.ts`: the types of each call and a factory; the behaviour is runtime/client. */
export function emitClient(api: Api, naming: Naming): readonly File[] {
  const operations = viewOperations(api, naming);
  const errorTypes = [...naming.errors.values()].filter((name) =>
    operations.some(({ errors }) => errors.split(' | ').includes(name)),
  );
  return [
    {
      path: 'src/client.ts',
      text: render('client.ts', { banner: banner(api), prefix: naming.prefix, operations, errorTypes }),
    },
  ];
}
