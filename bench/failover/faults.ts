import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Cluster } from './cluster.ts';

/** The two server processes. */
export type Ours = {
  /** `kill -9`, and a new process on the same port. */
  readonly restart: (index: number, how: 'SIGKILL' | 'SIGTERM', clockOff?: number) => Promise<void>;
};

export type Fault = {
  readonly name: string;
  /** Whether another server becomes the leader. */
  readonly promotes: boolean;
  readonly run: (cluster: Cluster, ours: Ours) => Promise<void>;
};

const seconds = (count: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, count * 1_000));

async function both(cluster: Cluster) {
  await cluster.healthy();
  let leader = await cluster.leader();
  // The leader may be too busy to respond at once.
  for (let i = 0; i < 120 && !leader; i += 1) {
    await seconds(0.5);
    leader = await cluster.leader();
  }
  if (!leader) throw new Error('The cluster has no leader');
  const standby = cluster.nodes.find((node) => node !== leader) ?? leader;
  return { leader, standby };
}

/** Waits until a node other than `before` leads. */
async function otherLeads(cluster: Cluster, before: string): Promise<void> {
  for (let i = 0; i < 240; i += 1) {
    const now = await cluster.leader();
    if (now && now.name !== before) return;
    await seconds(0.25);
  }
  throw new Error('No other server became the leader within 60 s');
}

/** The ten failures. Each ends when the stopped part runs again. */
export const faults: readonly Fault[] = [
  {
    name: 'kill -9 of the leader',
    promotes: true,
    async run(cluster) {
      const { leader } = await both(cluster);
      await cluster.kill(leader, true);
      await otherLeads(cluster, leader.name);
      cluster.start(leader);
    },
  },
  {
    name: 'kill -9 of the standby',
    promotes: false,
    async run(cluster) {
      const { standby } = await both(cluster);
      await cluster.kill(standby, true);
      await seconds(5);
      cluster.start(standby);
    },
  },
  {
    name: 'kill -9 of etcd',
    promotes: false,
    async run(cluster) {
      cluster.killEtcd();
      await seconds(5);
      cluster.startEtcd();
    },
  },
  {
    name: 'SIGSTOP of the leader for 15 s',
    promotes: false,
    async run(cluster) {
      const { leader } = await both(cluster);
      await cluster.signal(leader, 'SIGSTOP');
      await seconds(15);
      await cluster.signal(leader, 'SIGCONT');
    },
  },
  {
    name: 'the network to the leader is cut for 10 s',
    promotes: false,
    async run(cluster) {
      const { leader } = await both(cluster);
      leader.forwarder.cut();
      await seconds(10);
      leader.forwarder.reconnect();
    },
  },
  {
    name: 'the leader’s disk is full',
    promotes: false,
    async run(cluster) {
      const { leader } = await both(cluster);
      const file = join(leader.data, '..', 'full');
      await promisify(execFile)('dd', ['if=/dev/zero', `of=${file}`, 'bs=1M']).catch(() => {});
      await seconds(10);
      await rm(file, { force: true });
    },
  },
  {
    name: 'a process of ours with its clock 10 minutes off',
    promotes: false,
    async run(_, ours) {
      await ours.restart(1, 'SIGTERM', 600_000);
      await seconds(10);
      await ours.restart(1, 'SIGTERM');
    },
  },
  {
    name: 'both processes of ours are restarted',
    promotes: false,
    async run(_, ours) {
      await Promise.all([ours.restart(0, 'SIGTERM'), ours.restart(1, 'SIGTERM')]);
    },
  },
  {
    name: 'a failover during a failover',
    promotes: true,
    async run(cluster) {
      const { leader, standby } = await both(cluster);
      await cluster.kill(leader, true);
      await otherLeads(cluster, leader.name);
      await cluster.kill(standby, true);
      cluster.start(leader);
      await seconds(1);
      cluster.start(standby);
    },
  },
  {
    name: 'kill -9 of ours in the middle of transactions',
    promotes: false,
    async run(_, ours) {
      for (const index of [0, 1, 0, 1]) {
        await ours.restart(index, 'SIGKILL');
        await seconds(1);
      }
    },
  },
];
