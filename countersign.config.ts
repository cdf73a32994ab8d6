import { defineConfig } from 'countersign';

export default defineConfig({
  providers: {
    // It calls us, though its contract is written as paths.
    moonpacket: { role: 'receiver' },
  },
});
