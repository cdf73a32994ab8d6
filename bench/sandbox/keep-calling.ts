import { Agent, request } from 'node:http';

export type Calls = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON of the n-th call. */
  readonly body: (call: number) => string;
  readonly amount: number;
  /** Calls per second, spread evenly. Undefined: each call begins as soon as the previous one has a response. */
  readonly rate?: number | undefined;
  /** Throws if a response is not as expected. */
  readonly check: (status: number, text: string) => void;
};

/** Calls one after the other on one connection. Returns the milliseconds of each call. */
export async function keepCalling({ url, headers, body, amount, rate, check }: Calls): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const times: number[] = [];
  // Callers that begin at the same time would always call at the same time.
  const start = performance.now() + (rate === undefined ? 0 : Math.random() * (1000 / rate));
  try {
    for (let call = 0; call < amount; call += 1) {
      if (rate !== undefined) await until(start + (call * 1000) / rate);
      const began = performance.now();
      const { status, text } = await post(agent, url, headers, body(call));
      check(status, text);
      times.push(performance.now() - began);
    }
  } finally {
    agent.destroy();
  }
  return times;
}

const until = (time: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));

function post(agent: Agent, url: string, headers: Calls['headers'], body: string) {
  return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
    const length = Buffer.byteLength(body);
    const sent = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': length } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk: string) => {
          text += chunk;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
