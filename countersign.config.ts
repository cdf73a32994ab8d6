import { defineConfig } from 'countersign';

export default defineConfig({
  providers: {
    dailyplay: { hooks: true },
    'dicey-fun': { hooks: true },
    hive: { hooks: true },
    // It calls us, though its contract is written as paths.
    moonpacket: { role: 'receiver', hooks: true },
    plattr: { hooks: true },
  },
});
