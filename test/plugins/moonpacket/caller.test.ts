import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCaller } from '../../../plugins/moonpacket/caller.ts';
import { type Listening, listen } from '../../../runtime/server/node.ts';
import { openStore, type Store } from '../../../runtime/store/index.ts';
import { type Fixture, NOW, openMoonpacket } from './fixture.ts';

describe('the caller, against an endpoint over HTTP', () => {
  let store: Store;
  let moonpacket: Fixture;
  let game: Listening;
  let answers: (() => Response | Promise<Response>)[] = [];

  beforeAll(async () => {
    store = await openStore();
    moonpacket = await openMoonpacket(store);
    game = await listen({
      fetch: (request: Request, environment: unknown) =>
        answers.shift()?.() ?? moonpacket.server.fetch(request, environment),
    });
  });
  afterAll(async () => {
    await game.close();
    await store.close();
  });

  const caller = (secret = moonpacket.credentials.secret) =>
    createCaller({
      endpoint: `${game.url}/check`,
      credentials: { ...moonpacket.credentials, secret },
      client: { clock: { now: () => NOW }, logger: {} },
    });

  test.each([
    { user: '666666666', passed: true, failed: [] },
    { user: '1001', passed: false, failed: ['level'] },
    { user: '1002', passed: false, failed: ['status'] },
    { user: '1003', passed: false, failed: ['is_blacklist'] },
    { user: '1004', passed: false, failed: ['is_blacklist', 'level', 'status'] },
  ])('user $user passes: $passed, fails by $failed', async ({ user, passed, failed }) => {
    const verdict = await caller().judge(user);
    if (verdict.kind !== 'judged') throw verdict.error;
    expect(verdict.passed).toBe(passed);
    expect(verdict.failures.map(({ attribute }) => attribute).sort()).toEqual(failed);
    for (const { reason } of verdict.failures) expect(reason).toContain('must be');
  });

  test('an unknown user and a wrong secret are reported with the mode that rejected them', async () => {
    expect(await caller().judge('nobody')).toMatchObject({ kind: 'refused', mode: 'B', error: { code: 404 } });
    expect(await caller('other').judge('1001')).toMatchObject({ kind: 'refused', mode: 'A', error: { code: 401 } });
  });

  test.each([
    { title: 'rules without data', answer: () => Response.json({ level: { gt: 1 } }) },
    { title: 'an unknown operator', answer: () => Response.json({ data: { level: { above: 1 } } }) },
    { title: 'a text for gt', answer: () => Response.json({ data: { level: { gt: '1' } } }) },
    { title: 'a property beside data', answer: () => Response.json({ data: {}, ok: true }) },
  ])('JSON that does not match the contract ($title) is rejected', async ({ answer }) => {
    answers = [answer];
    expect(await caller().judge('1001')).toMatchObject({ kind: 'refused', mode: 'A' });
    answers = [];
  });

  test('a response after 3 seconds is a timeout, and the request is not repeated', async () => {
    let asked = 0;
    answers = [
      () => {
        asked += 1;
        return new Promise(() => {});
      },
    ];
    const verdict = await caller().judge('1001');
    expect(verdict).toMatchObject({ kind: 'refused', mode: 'A', error: { name: 'TimeoutError' } });
    expect(asked).toBe(1);
  });
});
