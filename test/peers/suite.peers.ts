import { afterAll, describe, expect, test } from 'vitest';
import { shared } from '../run/shared.ts';
import { PAGES, pagedOf, readPages } from './pages.ts';
import { type Received, receiveAll } from './receive.ts';
import { callsOf, send } from './send.ts';
import { loadServices } from './services.ts';
import { loadScenarios, type SuiteScenario, startSpector } from './spector.ts';
import { BREAKS_CONTRACT, NOT_PASSED, type Side } from './table.ts';

const services = await loadServices((await shared('suite')) ?? '');
const scenarios = await loadScenarios();
const spector = await startSpector();

const receptions = new Map<string, Promise<readonly Received[]>>();

/** The suite's client calls our server, once for each scenario, because our client sends the results. */
function receive(suite: SuiteScenario): Promise<readonly Received[]> {
  const known = receptions.get(suite.name) ?? receiveAll(services, suite);
  receptions.set(suite.name, known);
  return known;
}

const run: { readonly [S in Side]: (suite: SuiteScenario) => Promise<void> } = {
  server: async (suite) => {
    await receive(suite);
  },
  client: async (suite) => {
    const paged = pagedOf(suite.name);
    if (paged !== undefined) {
      await readPages(services, spector.url, paged);
      return expect(spector.statusOf(suite.name)).toBe('pass');
    }
    const received = await receive(suite).catch(() => []);
    const calls = callsOf(services, suite, received);
    if (calls.length === 0)
      throw new Error('There is no input: our server did not take the request, and the table has none');
    let issues = 0;
    for (const call of calls) issues += await send(spector.url, call);
    expect(issues > 0).toBe(BREAKS_CONTRACT.has(suite.name));
    expect(spector.statusOf(suite.name)).toBe('pass');
  },
};

/** Scenarios that need no code because the contract declares their pages or their streams. */
const THROUGH: Readonly<Record<string, readonly string[]>> = {
  'pages, by x-cs-page': scenarios.filter(({ name }) => pagedOf(name)).map(({ name }) => name),
  'streams, by itemSchema': scenarios.filter(({ folder }) => folder.startsWith('streaming/')).map(({ name }) => name),
};

test('every paged list and every stream of the suite is declared', () => {
  expect(Object.values(THROUGH).map(({ length }) => length)).toEqual([Object.keys(PAGES).length, 12]);
});

const passed = { client: 0, server: 0 };
const sides: readonly Side[] = ['client', 'server'];

describe.each(sides)('TypeSpec’s suite against our %s', (side) => {
  const reasonOf = ({ name }: SuiteScenario) => NOT_PASSED[name]?.[side];

  test.each(scenarios.filter((suite) => !reasonOf(suite)))('$name', async (suite) => {
    await run[side](suite);
    passed[side] += 1;
  });

  test('lists only scenarios that fail', async () => {
    for (const suite of scenarios.filter(reasonOf)) await expect(run[side](suite), suite.name).rejects.toThrow();
  });
});

afterAll(() => {
  for (const side of sides) {
    console.log(`${side}: ${passed[side]} of ${scenarios.length} scenarios`);
    if (side === 'client')
      for (const [how, names] of Object.entries(THROUGH)) console.log(`  ${how}: ${names.join(', ')}`);
    for (const [name, reasons] of Object.entries(NOT_PASSED)) {
      if (reasons[side]) console.log(`  not ${name}: ${reasons[side]}`);
    }
  }
});
