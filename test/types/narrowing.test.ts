import type { CodeBodies } from '@countersign/runtime/contract';
import { describe, expectTypeOf, it } from 'vitest';
import type { DailyplayClient } from '../../generated/dailyplay/src/index.ts';
import type { DiceyFunClient, ServerError, SetPlayerWalletError } from '../../generated/dicey-fun/src/index.ts';
import type { DiceyFunHandlers } from '../../generated/dicey-fun/src/server.ts';
import type { MoonpacketClient } from '../../generated/moonpacket/src/index.ts';
import type { PlattrClient } from '../../generated/plattr/src/index.ts';

// Checked by `npm run check:types`. At run time, these tests only prove that the modules load.
declare const dicey: DiceyFunClient;
declare const daily: DailyplayClient;
declare const plattr: PlattrClient;
declare const moon: MoonpacketClient;

describe('types of generated clients and servers', () => {
  it('exclude the envelope from the data', () => {
    type Games = Awaited<ReturnType<ReturnType<typeof dicey.getGameList>['orThrow']>>;
    expectTypeOf<Games['game_list'][number]['game_key']>().toEqualTypeOf<string>();
    type Created = Awaited<ReturnType<ReturnType<typeof daily.createSession>['orThrow']>>;
    expectTypeOf<Created['token']>().toEqualTypeOf<string>();
    // Plattr has no data pointer: the whole successful body is the data.
    type Login = Awaited<ReturnType<ReturnType<typeof plattr.loginAnonymous>['orThrow']>>;
    expectTypeOf<Login['result_code']>().toEqualTypeOf<0>();
    expectTypeOf<Login['access_token']>().toEqualTypeOf<string>();
  });

  it('narrow errors by code', () => {
    const narrow = (error: SetPlayerWalletError): unknown => {
      if (error.code === 500) expectTypeOf(error).toExtend<ServerError>();
      if (error.kind === 'timeout') expectTypeOf(error.code).toEqualTypeOf<undefined>();
      // @ts-expect-error this operation does not declare the code 999
      return error.code === 999;
    };
    expectTypeOf(narrow).toBeFunction();
  });

  it('include the body of an error by its code, as the contract declares it', () => {
    const narrow = (error: SetPlayerWalletError): unknown => {
      if (error.code === 422) {
        expectTypeOf(error.body.code).toExtend<number>();
        expectTypeOf(error.body.message).toEqualTypeOf<string>();
        // @ts-expect-error a failure has no data
        return error.body.data.coin;
      }
      // @ts-expect-error a body with another code is unknown
      return error.kind === 'api' && error.code === 'any other code' && error.body.code;
    };
    expectTypeOf(narrow).toBeFunction();
    type Envelope = { readonly code: '/status/code'; readonly success: readonly [0] };
    type Body<T> = { content: { 'application/json': T } };
    type Low = { status: { code: 1 }; low: string };
    type High = { status: { code: 2 | 3 }; high: string };
    type Any = { status: { code: number }; any: string };
    type Of<Responses, C extends 1 | 2 | 3> = CodeBodies<{ responses: Responses }, Envelope, C>;
    expectTypeOf<Of<{ 200: Body<Low | High> }, 1>['1']>().toEqualTypeOf<Low>();
    expectTypeOf<Of<{ 200: Body<Low | High> }, 3>['3']>().toEqualTypeOf<High>();
    expectTypeOf<Of<{ 200: Body<Low>; 400: Body<Any> }, 1>['1']>().toEqualTypeOf<Low | Any>();
    expectTypeOf<Of<{ 200: Body<Low>; '4XX': Body<Any> }, 2>['2']>().toEqualTypeOf<Any>();
    expectTypeOf<Of<{ 200: Body<Low> }, 2>['2']>().toEqualTypeOf<unknown>();
    expectTypeOf<Of<{ 200: Body<string>; 204: Record<never, never> }, 2>['2']>().toEqualTypeOf<unknown>();
    expectTypeOf<
      keyof CodeBodies<{ responses: { 400: Body<Low> } }, { readonly code: 'status' }, 400>
    >().toEqualTypeOf<never>();
  });

  it('require only what is required and not set by dispatch', () => {
    expectTypeOf<Parameters<typeof daily.validateSession>[0]>().toEqualTypeOf<{ readonly query: { token: string } }>();
    expectTypeOf<Parameters<typeof moon.getRules>[0]>().toExtend<object | undefined>();
    const wrong = (): void => {
      // @ts-expect-error user_id identifies this operation
      moon.getUserAttributes();
      // @ts-expect-error coin is required
      dicey.setPlayerWallet({ body: { username: 'a' } });
      // @ts-expect-error lang must be zh or en
      dicey.getGameList({ body: { lang: 'fr' } });
    };
    expectTypeOf(wrong).toBeFunction();
  });

  it('allow a handler to return only declared responses', () => {
    type Answer = Awaited<ReturnType<DiceyFunHandlers['getGameUrl']>>;
    expectTypeOf<{ data: { url: string } }>().toExtend<Answer>();
    expectTypeOf<{ error: { code: 403 } }>().toExtend<Answer>();
    expectTypeOf<{ error: { code: 418 } }>().not.toExtend<Answer>();
    expectTypeOf<{ data: { uri: string } }>().not.toExtend<Answer>();
  });
});
