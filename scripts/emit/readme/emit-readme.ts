import { describeCondition, fixedQuery, kindOf } from '@countersign/runtime/contract';
import { render } from '../../common/templates/render.ts';
import { literal, markdownCode, markdownText } from '../../common/text/literal.ts';
import type { Api, File, JsonSchema, Operation } from '../../model/types.ts';
import type { PackageSettings } from '../settings.ts';
import { credentialsOf } from '../views/credentials.ts';
import { chooseNames } from '../views/naming.ts';

/** A value of a schema for a request. */
type Make = (schema: JsonSchema) => unknown;

/** Bodies that are written as a literal. */
const MADE = ['json', 'form'];

/**
 * Example input of an operation, or undefined if the document has no value for something required, and none is
 * generated.
 */
function exampleInput({ parameters, body, descriptor }: Operation, make?: Make): Record<string, unknown> | undefined {
  const fixed = new Set(fixedQuery(descriptor.when));
  const groups: Record<string, Record<string, unknown>> = {};
  for (const parameter of parameters) {
    const { name, in: place, required } = parameter.descriptor;
    if (!required || (place === 'query' && fixed.has(name))) continue;
    const example = parameter.example ?? make?.(parameter.schema);
    if (example === undefined) return undefined;
    const group = place === 'header' ? 'headers' : place === 'cookie' ? 'cookies' : place;
    groups[group] = { ...groups[group], [name]: example };
  }
  if (body === undefined) return groups;
  const [content] = body.content;
  const [given] = content?.examples.values() ?? [];
  const example =
    given ??
    (content && body.required && MADE.includes(kindOf(content.mediaType)) ? make?.(content.schema) : undefined);
  if (example === undefined) return body.required ? undefined : groups;
  return { ...groups, body: example };
}

/**
 * The call in the README, with its input: the first operation that is not a login and has an example for everything
 * required. Operations that only read come first, so that a reader who runs the example changes nothing.
 */
function firstCall(
  api: Api,
  make?: Make,
): { readonly operation: Operation; readonly input: Record<string, unknown> } | undefined {
  const logins = new Set(
    api.securitySchemes.flatMap(({ descriptor }) => (descriptor.kind === 'session' ? descriptor.operations : [])),
  );
  const [reading, others] = [true, false].map((reads) =>
    api.operations.filter(({ descriptor }) => (descriptor.method === 'GET') === reads),
  );
  for (const operation of [...(reading ?? []), ...(others ?? [])]) {
    const input = logins.has(operation.operationId) ? undefined : exampleInput(operation, make);
    if (input !== undefined) return { operation, input };
  }
  return undefined;
}

function requestText({ descriptor }: Operation): string {
  const query = (descriptor.when ?? []).map(describeCondition);
  return `${descriptor.method} ${descriptor.webhook ? '<your URL>' : descriptor.path}${query.length > 0 ? ` · ${query.join(' · ')}` : ''}`;
}

/** The purpose of each module of a package. `P` is its prefix. */
const ENTRIES = [
  ['', 'index', '`createPClient`, the error classes and their guards'],
  ['/server', 'server', '`createPServer`: a server that checks requests, as a Hono application and a `fetch` function'],
  ['/validators', 'validators', 'a zod schema for each schema and each operation'],
  ['/types', 'types', 'the types of the contract'],
  ['/operations', 'operations', 'single operations: a bundle omits the others'],
  ['/react', 'react', '`PProvider` and a TanStack Query hook for each operation'],
  ['/vue', 'vue', '`PPlugin` and a TanStack Query hook for Vue for each operation'],
  ['/svelte', 'svelte', '`setPClient` and a function of TanStack Query for Svelte for each operation'],
  ['/msw', 'msw', '`getPHandlers`: MSW handlers that return the examples of the contract'],
] as const;

type Entry = { readonly name: string; readonly what: string };

/** What users can import: our own entries, then those of the configuration's emitters. */
function entriesOf(packageName: string, prefix: string, { files, emitters }: PackageSettings): readonly Entry[] {
  const own = ENTRIES.filter(([, module]) => files.has(`src/${module}.ts`)).map(([entry, , what]) => ({
    name: markdownCode(packageName + entry),
    what: what.replaceAll(/P(?=Client|Server|Provider|Plugin|Handlers)/g, prefix),
  }));
  const known = new Set(['./openapi.json', ...ENTRIES.map(([entry]) => `.${entry}`)]);
  const others = emitters.flatMap(({ name, entries = {} }) =>
    Object.entries(entries)
      .filter(([entry, path]) => !known.has(entry) && files.has(path))
      .map(([entry]) => ({
        name: markdownCode(packageName + entry.slice(1)),
        what: `files of the emitter ${markdownCode(name)}`,
      })),
  );
  return [...own, ...others];
}

/** The mock's own values, loaded if a document has no example. */
async function openMaker({ document }: Api): Promise<Make> {
  const { createValueMaker } = await import('../../../runtime/values/index.ts');
  const make = createValueMaker(document);
  return (schema) => make({ schema, direction: 'request', minimal: true }).value;
}

/** `README.md` of the package: a first call, the credentials, the operations and the other entry points. */
export async function emitReadme(api: Api, settings: PackageSettings): Promise<readonly File[]> {
  const naming = chooseNames(api);
  const packageName = `${settings.scope}/${api.provider}`;
  // The configuration decides whether a 64-bit literal is a bigint or a string.
  const call = firstCall(api) ?? (api.int64 === undefined ? firstCall(api, await openMaker(api)) : undefined);
  const argument = call === undefined || Object.keys(call.input).length === 0 ? '' : literal(call.input);
  const view = {
    title: markdownText(api.descriptor.title),
    description: markdownText(api.summary || api.description.split(/\n\s*\n/)[0] || ''),
    packageName,
    prefix: naming.prefix,
    provider: api.provider,
    specFile: api.specFile,
    version: markdownCode(api.descriptor.version),
    call: call === undefined ? '' : `client.${call.operation.identifier}(${argument})`,
    credentials: credentialsOf(api).map(({ name, env, secret, carriers }) => ({
      name: markdownCode(name),
      env: markdownCode(env),
      location:
        carriers.length === 0
          ? 'never'
          : carriers.map((carrier) => `${markdownText(carrier.in)} ${markdownCode(carrier.name)}`).join(', then '),
      secret: secret ? 'yes' : 'no',
    })),
    operations: api.operations.map((operation) => ({
      name: markdownCode(operation.identifier),
      request: markdownCode(requestText(operation)),
      summary: markdownText(operation.summary) + (operation.inferred ? ' *(inferred)*' : ''),
    })),
    entries: entriesOf(packageName, naming.prefix, settings),
  };
  const hasCredentials = view.credentials.length > 0;
  const certificates = api.securitySchemes.filter(({ descriptor }) => descriptor.kind === 'mutualTLS');
  const mutualTls = certificates.map(({ descriptor }) => markdownCode(descriptor.name)).join(', ');
  return [
    { path: 'README.md', text: render('readme/README.md', { ...view, hasCredentials, mutualTls }), formatted: true },
  ];
}
