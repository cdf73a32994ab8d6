/** Data of both sides of the comparison. */
export const credentials = { apiKey: '1234567890', secret: 'mysecretkey' };

export const users = new Map(
  Array.from({ length: 100 }, (_, i) => [
    String(i),
    { level: i, status: 'active', is_blacklist: i % 10 === 0, kyc: true },
  ]),
);

const game = {
  provider: 'Dicey',
  provider_code: 'dicey',
  game_type: 'board',
  logo: '',
  game_url: 'https://games.example/play',
  hall_url: 'https://games.example/hall',
  status: 1,
} as const;

/** The response to a POST. */
export const games = [
  { ...game, game_code: 'one', game_key: 'dicey-one', sort: 1, game_name: 'One' },
  { ...game, game_code: 'two', game_key: 'dicey-two', sort: 2, game_name: 'Two' },
];
