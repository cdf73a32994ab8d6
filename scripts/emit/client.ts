import { stringLiteral } from '../literal.ts';
import type { Api, File } from '../model/types.ts';
import { render } from '../render.ts';
import { banner } from './banner.ts';
import { credentialsOf } from './credentials.ts';
import type { Naming } from './naming.ts';
import { viewOperations } from './views.ts';

/** `client.ts`: the types of each call and a factory; the behaviour is runtime/client. */
export function emitClient(api: Api, naming: Naming): readonly File[] {
  const operations = viewOperations(api, naming);
  const callTypes = [...new Set(operations.map(({ call }) => call))].sort();
  const credentials = credentialsOf(api).map(({ name }) => stringLiteral(name));
  const view = {
    banner: banner(api),
    prefix: naming.prefix,
    operations,
    rowImport: operations.some(({ row }) => row !== '') ? ', RowOf' : '',
    callTypes: callTypes.map((name) => `type ${name}, `).join(''),
    credentials: credentials.join(' | ') || 'never',
  };
  return [{ path: 'src/client.ts', text: render('client.ts', view) }];
}
