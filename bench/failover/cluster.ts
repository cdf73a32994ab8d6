import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, openSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Forwarder, openForwarder } from './forwarder.ts';

const run = promisify(execFile);

/** Programs that the benchmark needs, and does not install. */
export type Programs = { readonly patroni: string; readonly etcd: string; readonly binaries: string };

/** Seconds after which a silent leader is replaced. Patroni accepts no smaller value. */
const TTL = 20;

function find(given: string | undefined, name: string): string | undefined {
  if (given) return existsSync(given) ? given : undefined;
  return process.env.PATH?.split(':')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}

/** The programs, or what is missing and how to install it. */
export function findPrograms(environment = process.env): Programs | { readonly missing: readonly string[] } {
  const patroni = find(environment.PATRONI, 'patroni');
  const etcd = find(environment.ETCD, 'etcd');
  const installed = globSync('/usr/lib/postgresql/*/bin/pg_ctl').sort().at(-1);
  const pgCtl = environment.PG_BIN ? join(environment.PG_BIN, 'pg_ctl') : (installed ?? find(undefined, 'pg_ctl'));
  const binaries = pgCtl && existsSync(pgCtl) ? pgCtl.slice(0, -'/pg_ctl'.length) : undefined;
  if (patroni && etcd && binaries) return { patroni, etcd, binaries };
  return {
    missing: [
      ...(patroni
        ? []
        : [
            "Patroni 4: python3 -m venv ~/patroni && ~/patroni/bin/pip install 'patroni[etcd3,psycopg3]'; then PATRONI=~/patroni/bin/patroni",
          ]),
      ...(etcd ? [] : ['etcd 3.4 or later: apt-get install etcd-server; or ETCD=/path/to/etcd']),
      ...(binaries ? [] : ['PostgreSQL 14 or later: apt-get install postgresql; or PG_BIN=/path/to/its/bin']),
    ],
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('No free port');
  return address.port;
}

const isRoot = process.getuid?.() === 0;
/** PostgreSQL does not run as root. */
const asPostgres = (command: string, args: readonly string[]): readonly [string, readonly string[]] =>
  isRoot ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...args]] : [command, args];
const idOf = (option: string): number => Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));

type Node = {
  readonly name: string;
  readonly data: string;
  /** Our server and the other PostgreSQL connect through it. */
  readonly forwarder: Forwarder;
  readonly restPort: number;
  readonly config: string;
  child?: ChildProcess;
};

/** Patroni with etcd and two servers that replicate synchronously, in a temporary folder. */
export async function startCluster({ patroni, etcd, binaries }: Programs) {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-failover-'));
  await chmod(folder, 0o755);
  const own = async (path: string) => {
    await mkdir(path, { recursive: true, mode: 0o700 });
    if (isRoot) await chown(path, idOf('-u'), idOf('-g'));
  };
  const [clientPort, peerPort] = [await freePort(), await freePort()];
  const log = (name: string) => openSync(join(folder, `${name}.log`), 'a');

  const spawnAs = (name: string, command: string, args: readonly string[]): ChildProcess => {
    const [program, all] = asPostgres(command, args);
    const out = log(name);
    return spawn(program, all, { cwd: folder, stdio: ['ignore', out, out], env: { ...process.env, HOME: folder } });
  };
  const startEtcd = () =>
    spawnAs('etcd', etcd, [
      '--data-dir',
      join(folder, 'etcd'),
      '--listen-client-urls',
      `http://127.0.0.1:${clientPort}`,
      '--advertise-client-urls',
      `http://127.0.0.1:${clientPort}`,
      '--listen-peer-urls',
      `http://127.0.0.1:${peerPort}`,
      '--initial-advertise-peer-urls',
      `http://127.0.0.1:${peerPort}`,
      '--initial-cluster',
      `default=http://127.0.0.1:${peerPort}`,
      '--heartbeat-interval',
      '200',
      '--election-timeout',
      '2000',
    ]);
  await own(join(folder, 'etcd'));
  let etcdChild = startEtcd();

  const makeNode = async (name: string): Promise<Node> => {
    const port = await freePort();
    const forwarder = await openForwarder(() => port);
    const restPort = await freePort();
    const home = join(folder, name);
    await own(home);
    // Small enough to be filled, if it can be mounted.
    if (isRoot) {
      await run('mount', ['-t', 'tmpfs', '-o', 'size=500m,mode=0700', 'countersign-failover', home]);
      await chown(home, idOf('-u'), idOf('-g'));
    }
    const config = join(folder, `${name}.yml`);
    const data = join(home, 'data');
    const settings = {
      scope: 'countersign',
      name,
      restapi: { listen: `127.0.0.1:${restPort}`, connect_address: `127.0.0.1:${restPort}` },
      etcd3: { host: `127.0.0.1:${clientPort}` },
      bootstrap: {
        dcs: {
          ttl: TTL,
          loop_wait: 1,
          retry_timeout: 3,
          synchronous_mode: true,
          primary_start_timeout: 0,
          postgresql: {
            use_pg_rewind: true,
            parameters: { max_connections: 100, wal_keep_size: '64MB', max_wal_size: '128MB', wal_log_hints: 'on' },
          },
        },
        initdb: [{ encoding: 'UTF8' }, 'data-checksums'],
      },
      postgresql: {
        listen: `127.0.0.1:${port}`,
        connect_address: `127.0.0.1:${forwarder.port}`,
        data_dir: data,
        bin_dir: binaries,
        pgpass: join(home, 'pgpass'),
        remove_data_directory_on_rewind_failure: true,
        remove_data_directory_on_diverged_timelines: true,
        authentication: {
          superuser: { username: 'postgres', password: 'postgres' },
          replication: { username: 'replicator', password: 'replicator' },
          rewind: { username: 'postgres', password: 'postgres' },
        },
        pg_hba: [
          'host all all 127.0.0.1/32 scram-sha-256',
          'host replication all 127.0.0.1/32 scram-sha-256',
          'local all all trust',
        ],
        parameters: { unix_socket_directories: home },
      },
    };
    // JSON is YAML.
    await writeFile(config, JSON.stringify(settings), { mode: 0o644 });
    return { name, data, forwarder, restPort, config };
  };
  const nodes = [await makeNode('one'), await makeNode('two')] as const;
  const startNode = (node: Node) => {
    node.child = spawnAs(node.name, patroni, [node.config]);
  };
  for (const node of nodes) startNode(node);

  const roleOf = async ({
    restPort,
  }: Node): Promise<{ readonly role?: string; readonly state?: string; readonly timeline?: number }> => {
    try {
      const response = await fetch(`http://127.0.0.1:${restPort}/patroni`, { signal: AbortSignal.timeout(2_000) });
      return (await response.json()) as { role?: string; state?: string };
    } catch {
      return {};
    }
  };
  const isLeader = ({ role, state }: Awaited<ReturnType<typeof roleOf>>) =>
    (role === 'primary' || role === 'master') && state === 'running';
  const leader = async (): Promise<Node | undefined> => {
    for (const node of nodes) if (isLeader(await roleOf(node))) return node;
    return undefined;
  };
  /** Waits until there is a leader with a synchronous standby. */
  const healthy = async (limit = 120_000): Promise<void> => {
    const end = Date.now() + limit;
    while (Date.now() < end) {
      try {
        const response = await fetch(`http://127.0.0.1:${nodes[0].restPort}/cluster`, {
          signal: AbortSignal.timeout(2_000),
        });
        const { members } = (await response.json()) as { members: { role: string; state: string }[] };
        if (
          members.some(({ role }) => role === 'leader') &&
          members.some(({ role, state }) => role === 'sync_standby' && state === 'streaming')
        )
          return;
      } catch {}
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    throw new Error(`The cluster is not healthy after ${limit / 1_000} s. Its logs are in ${folder}`);
  };
  /** `kill -9` of a node: its PostgreSQL, with Patroni where `all`. */
  const kill = async (node: Node, all: boolean): Promise<void> => {
    if (all) node.child?.kill('SIGKILL');
    const pid = Number((await readFile(join(node.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
    if (pid > 0) process.kill(pid, 'SIGKILL');
  };
  const signal = async (node: Node, name: 'SIGSTOP' | 'SIGCONT'): Promise<void> => {
    node.child?.kill(name);
    const pid = Number((await readFile(join(node.data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')[0]);
    if (!(pid > 0)) return;
    const children = await run('pgrep', ['-P', String(pid)]).then(
      ({ stdout }) => stdout.split('\n').map(Number),
      () => [],
    );
    for (const each of [pid, ...children]) if (each > 0) process.kill(each, name);
  };

  return {
    folder,
    nodes,
    leader,
    healthy,
    kill,
    signal,
    start: startNode,
    databaseUrl: `postgres://postgres:postgres@${nodes.map(({ forwarder }) => `127.0.0.1:${forwarder.port}`).join(',')}/postgres?target_session_attrs=read-write`,
    killEtcd: () => void etcdChild.kill('SIGKILL'),
    startEtcd: () => {
      etcdChild = startEtcd();
    },
    /** Ends everything, and removes the folder. */
    async stop(): Promise<void> {
      for (const node of nodes) {
        await signal(node, 'SIGCONT').catch(() => {});
        const ended = node.child && node.child.exitCode === null ? once(node.child, 'exit') : undefined;
        node.child?.kill('SIGTERM');
        await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 15_000))]);
        await kill(node, true).catch(() => {});
        await node.forwarder.close();
      }
      etcdChild.kill('SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 500));
      if (isRoot) for (const { name } of nodes) await run('umount', ['-l', join(folder, name)]).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Cluster = Awaited<ReturnType<typeof startCluster>>;
