import { type ClientOptions, createDiceyFunClient } from '@countersign/dicey-fun';
import { getDiceyFunHandlers, getGetGameListMockHandler } from '@countersign/dicey-fun/msw';
import { DiceyFunProvider, useGetGameList, useSetPlayerWallet } from '@countersign/dicey-fun/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { createRoot } from 'react-dom/client';

type Settings = {
  readonly baseUrl: string;
  readonly credentials: NonNullable<ClientOptions['credentials']>;
  /** MSW responds inside the page. There is no server. */
  readonly msw: boolean;
};

/** A lobby of a slot provider: a list of the games, and a form to deposit coins. */
function Lobby() {
  const games = useGetGameList({ body: { lang: 'en' } }, { query: { retry: false } });
  if (games.isPending) return <p>Loading …</p>;
  if (games.error) return <p role="alert">{`${games.error.name}: ${games.error.message}`}</p>;
  return (
    <ul>
      {games.data.game_list.map(({ game_key, game_name }) => (
        <li key={game_key}>{game_name}</li>
      ))}
    </ul>
  );
}

function Wallet() {
  const transfer = useSetPlayerWallet();
  const [coin, setCoin] = useState('100');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    transfer.mutate({ data: { body: { username: 'player-1', coin: Number(coin) } } });
  };
  return (
    <form onSubmit={submit}>
      <label>
        Coins <input value={coin} onChange={({ target }) => setCoin(target.value)} />
      </label>
      <button type="submit">Transfer</button>
      {transfer.error && <p role="alert">{`${transfer.error.name}: ${transfer.error.message}`}</p>}
      {transfer.data && <output>{JSON.stringify(transfer.data)}</output>}
    </form>
  );
}

async function start(): Promise<void> {
  const settings = (await (await fetch('/settings.json')).json()) as Settings;
  if (settings.msw) {
    const { setupWorker } = await import('msw/browser');
    const another = getGetGameListMockHandler({
      code: 200,
      message: 'success',
      data: { game_list: [game('Night Market')] },
    });
    const renamed = new URLSearchParams(location.search).has('another') ? [another] : [];
    await setupWorker(...renamed, ...getDiceyFunHandlers()).start({ quiet: true, onUnhandledRequest: 'bypass' });
  }
  const client = createDiceyFunClient({
    baseUrl: settings.baseUrl,
    credentials: settings.credentials,
    // Demo credentials of a mock. Real credentials stay on a server.
    dangerouslyAllowBrowser: true,
    retry: false,
  });
  const root = document.getElementById('root');
  if (!root) throw new Error('There is no element to draw into.');
  createRoot(root).render(
    <QueryClientProvider client={new QueryClient()}>
      <DiceyFunProvider client={client}>
        <h1>Lobby</h1>
        <Lobby />
        <Wallet />
      </DiceyFunProvider>
    </QueryClientProvider>,
  );
}

const game = (game_name: string) => ({
  provider: 'Dicey Fun',
  provider_code: 'DF',
  game_code: 'night',
  game_key: 'night',
  game_type: 'slot',
  logo: '',
  game_url: 'https://game.example.com/',
  hall_url: 'https://game.example.com/',
  status: 1 as const,
  sort: 1,
  game_name,
});

void start();
