import { defineConfig } from 'countersign';

export default defineConfig({
  providers: {
    dailyplay: { hooks: ['react', 'vue', 'svelte'] },
    'dicey-fun': { hooks: true },
    hive: { hooks: true },
    // It calls us, though its contract is written as paths.
    moonpacket: { role: 'receiver', hooks: true },
    // Plattr's login calls it; no application receives its calls.
    naver: { role: 'caller' },
    plattr: { hooks: true },
  },
});
