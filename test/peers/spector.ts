import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { matchMediaType } from '@countersign/runtime/contract';
import type { MockApiDefinition, ResolverConfig, ScenarioMockApi } from '@typespec/spec-api';
import { SPECS } from './documents.ts';

// The package exports only its TypeSpec decorators. The modules of its command line are imported by path.
const SOURCE = fileURLToPath(new URL('../../node_modules/@typespec/spector/dist/src/', import.meta.url));
const load = <Module>(path: string): Promise<Module> => import(pathToFileURL(join(SOURCE, path)).href);

type Status = 'pass' | 'fail' | 'not-implemented';

type App = {
  readonly resolverConfig: ResolverConfig;
  readonly coverageTracker: { computeCoverage(): readonly { readonly results: Readonly<Record<string, Status>> }[] };
  start(): Promise<void>;
};

type Request = Pick<NonNullable<MockApiDefinition['request']>, 'body' | 'headers' | 'query' | 'pathParams'> & {
  readonly method: string;
  readonly url: string;
};

const { logger } = await load<{ readonly logger: { level: string } }>('logger.js');
logger.level = 'silent';

const { makeServiceCall } = await load<{
  makeServiceCall(request: Request, config: ResolverConfig): Promise<Response>;
}>('actions/helper.js');

/**
 * Sends a request with the suite's own client.
 *
 * @param contentTypes those of the contract. The server of the suite does not check them.
 */
export function callService(
  { method, uri, request = {} }: MockApiDefinition,
  contentTypes: readonly string[],
  config: ResolverConfig,
): Promise<Response> {
  const { body, headers = {}, query = {}, pathParams = {} } = request;
  const stated = [body?.contentType, headers['content-type'], headers['Content-Type']];
  const contentType =
    stated.find((type) => typeof type === 'string' && matchMediaType(type, contentTypes)) ?? contentTypes[0];
  const sent =
    body && !('kind' in body) && contentType !== undefined ? { ...body, contentType: String(contentType) } : body;
  const rest = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'content-type'));
  const call = { method, url: config.baseUrl + uri, headers: rest, query, pathParams };
  return makeServiceCall(sent ? { ...call, body: sent } : call, config);
}

export type SuiteScenario = { readonly name: string; readonly folder: string; readonly scenario: ScenarioMockApi };

export async function loadScenarios(): Promise<readonly SuiteScenario[]> {
  const { loadScenarioMockApiFiles } = await load<{
    loadScenarioMockApiFiles(
      path: string,
    ): Promise<readonly { readonly path: string; readonly scenarios: Readonly<Record<string, ScenarioMockApi>> }[]>;
  }>('scenarios-resolver.js');
  const files = await loadScenarioMockApiFiles(SPECS);
  return files.flatMap(({ path, scenarios }) =>
    Object.entries(scenarios).map(([name, scenario]) => ({
      name,
      folder: /\/dist\/specs\/(.*)\/mockapi\.js$/.exec(path)?.[1] ?? '',
      scenario,
    })),
  );
}

/** The suite's own server, on a free loopback port. It validates requests and records the results. */
export async function startSpector(): Promise<{
  readonly url: string;
  statusOf(scenario: string): Status | undefined;
}> {
  const { MockApiApp } = await load<{ readonly MockApiApp: new (config: object) => App }>('app/app.js');
  const app = new MockApiApp({ port: 0, scenarioPath: [SPECS], coverageFile: '/dev/null' });
  await app.start();
  return {
    url: app.resolverConfig.baseUrl,
    statusOf: (scenario) => app.coverageTracker.computeCoverage()[0]?.results[scenario],
  };
}

/** `/a/:b` with the values of the request. */
export const pathOf = ({ uri, request }: MockApiDefinition): string =>
  Object.entries(request?.pathParams ?? {})
    .reduce((path, [name, value]) => path.replaceAll(`:${name}`, String(value)), uri)
    .replaceAll('\\:', ':');
