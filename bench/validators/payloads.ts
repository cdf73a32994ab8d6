/** A page of 100 suspensions, as Hive sends it. */
export function suspensionBatch(): unknown {
  return {
    game_index: 539,
    server_url: 'https://game.example.com/suspensions',
    data: Array.from({ length: 100 }, (_, index) => ({
      player_id: index + 1,
      status: index % 3 === 0 ? 'P' : 'B',
      start_date: '2024-07-10 20:56:59',
      end_date: index % 3 === 0 ? '9999-12-31 00:00:00' : '2024-07-20 20:56:59',
    })),
  };
}

/** Rows of play; 1,900 of them are 1 MB of JSON. */
export function playRecords(rows: number): unknown {
  const data = Array.from({ length: rows }, (_, index) => ({
    id: rows - index,
    player_id: 1000 + index,
    admin_id: null,
    lottery_config_id: 3,
    lottery_type: 0,
    ante: 1,
    paid_amount: 100,
    is_win: 1,
    win_coin: 250,
    super_win_coin: 0,
    reward_win_coin: 250,
    use_coins: 100,
    direction: 0,
    reward_tier: 'T3',
    lottery_id: 7,
    start_index: 4,
    target_index: 11,
    roll_array: [1, 2, 4],
    roll_number: 7,
    lottery_name: 'default pool',
    status: 1,
    create_time: 1_713_753_600 + index,
    update_time: 1_713_753_600 + index,
    dice_player: { id: 1000 + index, username: `player-${index}`, phone: null },
  }));
  return { code: 200, message: 'success', data };
}

/** A user's attributes, as moonpacket reads them. */
export function attributes(): unknown {
  return { data: { level: 100, status: 'active', is_blacklist: false, kyc: true, country: 'TH', score: 12.5 } };
}

/** Twenty mails, as Plattr lists them. */
export function mailList(): unknown {
  return {
    result_code: 0,
    mails: Array.from({ length: 20 }, (_, index) => ({
      id: 100 - index,
      content: JSON.stringify({ title: `Mail ${index}`, body: 'Well played!', read: false }),
      ...(index % 2 === 0 ? { reward_id: index } : {}),
    })),
  };
}
