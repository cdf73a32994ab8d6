import { kindOf } from '@countersign/runtime/contract';
import { render } from '../../common/templates/render.ts';
import { literal, stringLiteral } from '../../common/text/literal.ts';
import { breakLongLines } from '../../format/layout/index.ts';
import type { Api, File } from '../../model/types.ts';
import { banner } from '../views/banner.ts';
import { credentialsOf } from '../views/credentials.ts';
import type { Naming } from '../views/naming.ts';
import { viewOperations } from '../views/operation-views.ts';
import { clientApi } from './client-api.ts';

/** `fetch` sends none with these. */
const NO_BODY: ReadonlySet<string> = new Set(['GET', 'HEAD']);

/** Parts of the runtime that only some contracts need; the others' bundles go without. */
function featuresOf(api: Api): readonly string[] {
  const descriptors = api.operations.map(({ descriptor }) => descriptor);
  const answered = descriptors.flatMap(({ responses }) => responses.flatMap(({ content }) => content.map(kindOf)));
  // Who names no type for a body, or one that JSON is not, has it chosen and laid out.
  const bodies = descriptors.some(
    ({ body, method }) => body && (NO_BODY.has(method) || body.content.map(kindOf).join() !== 'json'),
  );
  const signs = Object.values(api.descriptor.securitySchemes).some(({ kind }) => kind === 'signature');
  return [
    ...(descriptors.some(({ page }) => page !== undefined) ? ['paging'] : []),
    ...(descriptors.some(({ batch }) => batch !== undefined) ? ['batching'] : []),
    ...(answered.some((kind) => kind === 'events' || kind === 'lines') ? ['streaming'] : []),
    ...(answered.some((kind) => kind !== 'json') ? ['media'] : []),
    ...(bodies ? ['bodies'] : []),
    ...(signs ? ['signing'] : []),
  ];
}

/** `client.ts`: the types of each call and a factory; the behaviour is runtime/client. */
export function emitClient(api: Api, naming: Naming): readonly File[] {
  const operations = viewOperations(api, naming);
  const credentials = credentialsOf(api).map(({ name }) => stringLiteral(name));
  const features = featuresOf(api);
  const types = new Set([...operations.map(({ call }) => call), 'CallError', 'Client', 'ClientApi', 'ClientOptions']);
  const imported = [...[...types].map((name) => `type ${name}`), 'createClient', ...features];
  const nameOf = (specifier: string): string => specifier.replace('type ', '').toLowerCase();
  const imports = imported.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const view = {
    imports: imports.join(', '),
    features: features.length > 0 ? `, features: [${features.join(', ')}]` : '',
    banner: banner(api),
    api: literal(clientApi(api.descriptor)),
    prefix: naming.prefix,
    operations,
    rowImport: operations.some(({ row }) => row !== '') ? ', RowOf' : '',
    credentials: credentials.join(' | ') || 'never',
  };
  return [{ path: 'src/client.ts', text: breakLongLines(render('client.ts', view)), formatted: true }];
}
