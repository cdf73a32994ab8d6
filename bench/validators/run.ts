/**
 * `npm run bench:validators`: our validators against AJV (compiled in the process and ahead of time), hand-written zod
 * and orval's zod, in one run. AJV has its
 * defaults, ajv-formats, and `strict: false`, without which it does not take OpenAPI's own keywords. Ours are called as
 * client and server call them (`~standard`), and by zod's `safeParse`, which copies the value.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { buildApi } from '../../scripts/model/index.ts';
import { GeneratedModules } from '../../test/validators/generated-module.ts';
import { compiledByAjv, standaloneByAjv } from './ajv.ts';
import * as handWritten from './hand-written.ts';
import { measure, median } from './measure.ts';
import { orvalModule } from './orval.ts';
import * as payloads from './payloads.ts';

type Subject = {
  readonly name: string;
  readonly provider: string;
  readonly component: string;
  readonly orval: string;
  readonly byHand: z.ZodType;
  readonly value: unknown;
};

const SUBJECTS: readonly Subject[] = [
  {
    name: 'hive: 100 suspensions',
    provider: 'hive',
    component: 'SuspensionBatch',
    orval: 'PushSuspensionsBody',
    byHand: handWritten.suspensionBatch,
    value: payloads.suspensionBatch(),
  },
  {
    name: 'dicey-fun: 20 rows',
    provider: 'dicey-fun',
    component: 'PlayRecordSuccess',
    orval: 'GetPlayerGameRecordResponse',
    byHand: handWritten.playRecordSuccess,
    value: payloads.playRecords(20),
  },
  {
    name: 'plattr: 20 mails',
    provider: 'plattr',
    component: 'MailList',
    orval: 'ListMailsResponse',
    byHand: handWritten.mailList,
    value: payloads.mailList(),
  },
  {
    name: 'moonpacket: attributes',
    provider: 'moonpacket',
    component: 'AttributesResponse',
    orval: 'GetUserAttributesResponse',
    byHand: handWritten.attributesResponse,
    value: payloads.attributes(),
  },
  {
    name: 'array of 1 MB (1,900 rows)',
    provider: 'dicey-fun',
    component: 'PlayRecordSuccess',
    orval: 'GetPlayerGameRecordResponse',
    byHand: handWritten.playRecordSuccess,
    value: payloads.playRecords(1900),
  },
];

const modules = new GeneratedModules();
const LEAST = { ajv: 1, byHand: 3, plain: 0.9, orval: 1 };
let missed = false;
try {
  console.log(
    '| payload | checked a second | ÷ AJV | ÷ AJV standalone | ÷ hand-written zod | parse ÷ hand-written | parse ÷ orval |',
  );
  console.log(
    `|---|--:|--:|--:|--:|--:|--:|\n| to reach | | ≥ ${LEAST.ajv} | | ≥ ${LEAST.byHand} | ≥ ${LEAST.plain} | ≥ ${LEAST.orval} |`,
  );
  for (const subject of SUBJECTS) {
    const file = fileURLToPath(new URL(`../../generated/${subject.provider}/openapi.json`, import.meta.url));
    const document = JSON.parse(readFileSync(file, 'utf8'));
    const api = buildApi({ document, locate: (pointer) => ({ file: pointer, line: 1, column: 1 }) }, subject.provider);
    const ours = (await modules.load(api))[subject.component];
    const orval = (await orvalModule(file, modules))[subject.orval];
    if (ours === undefined || orval === undefined) throw new Error(`${subject.name}: no such schema`);
    const ajv = compiledByAjv(document, subject.component);
    const standalone = standaloneByAjv(document, subject.component);
    const { validate } = ours['~standard'];
    const parses = (schema: z.ZodType) => () => schema.safeParse(subject.value).success;
    const rounds = measure([
      () => 'value' in validate(subject.value),
      () => ajv(subject.value),
      parses(ours),
      parses(subject.byHand),
      parses(orval),
      () => standalone(subject.value),
    ]);
    const ratio = (one: number, other: number) =>
      median(rounds.map((rates) => (rates[one] ?? 0) / (rates[other] ?? 1)));
    const [byAjv, ahead, byHand, plain, peer] = [ratio(0, 1), ratio(0, 5), ratio(0, 3), ratio(2, 3), ratio(2, 4)];
    missed ||= byAjv < LEAST.ajv || byHand < LEAST.byHand || plain < LEAST.plain || peer < LEAST.orval;
    const rate = Math.round(median(rounds.map((rates) => rates[0] ?? 0)));
    console.log(
      `| ${[subject.name, rate, ...[byAjv, ahead, byHand, plain, peer].map((each) => each.toFixed(2))].join(' | ')} |`,
    );
  }
} finally {
  modules.remove();
}
if (missed) process.exitCode = 1;
