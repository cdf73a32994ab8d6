/**
 * `npm run bench:validators`: our validators against hand-written zod, orval's zod and AJV, in one run. AJV has its
 * defaults, ajv-formats, and `strict: false`, without which it does not take OpenAPI's own keywords.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { z } from 'zod';
import { buildApi } from '../../scripts/model/index.ts';
import { GeneratedModules } from '../../test/validators/generated-module.ts';
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
    component: 'AttributesAnswer',
    orval: 'GetUserAttributesResponse',
    byHand: handWritten.attributesAnswer,
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

const ADDRESS = 'https://document.example/';

function compiled(document: { readonly components: object }, component: string): (value: unknown) => boolean {
  const ajv = new Ajv2020.default({ strict: false, logger: false });
  addFormats.default(ajv);
  ajv.addSchema({ $id: ADDRESS, components: document.components });
  const validate = ajv.compile({ $ref: `${ADDRESS}#/components/schemas/${component}` });
  return (value) => validate(value) === true;
}

const modules = new GeneratedModules();
const LEAST = { byHand: 0.9, orval: 1 };
let missed = false;
try {
  console.log('| payload | ours, per second | ÷ hand-written (≥ 0.9) | ÷ orval (≥ 1.0) | ÷ AJV with its defaults |');
  console.log('|---|--:|--:|--:|--:|');
  for (const subject of SUBJECTS) {
    const file = fileURLToPath(new URL(`../../generated/${subject.provider}/openapi.json`, import.meta.url));
    const document = JSON.parse(readFileSync(file, 'utf8'));
    const api = buildApi({ document, locate: (pointer) => ({ file: pointer, line: 1, column: 1 }) }, subject.provider);
    const ours = (await modules.load(api))[subject.component];
    const orval = (await orvalModule(file, modules))[subject.orval];
    if (ours === undefined || orval === undefined) throw new Error(`${subject.name}: no such schema`);
    const ajv = compiled(document, subject.component);
    const accepts = (schema: z.ZodType) => () => schema.safeParse(subject.value).success;
    const rounds = measure([accepts(ours), accepts(subject.byHand), accepts(orval), () => ajv(subject.value)]);
    const ratio = (other: number) => median(rounds.map((rates) => (rates[0] ?? 0) / (rates[other] ?? 1)));
    const [byHand, peer, byAjv] = [ratio(1), ratio(2), ratio(3)];
    missed ||= byHand < LEAST.byHand || peer < LEAST.orval;
    const rate = Math.round(median(rounds.map((rates) => rates[0] ?? 0)));
    console.log(`| ${[subject.name, rate, byHand.toFixed(2), peer.toFixed(2), byAjv.toFixed(2)].join(' | ')} |`);
  }
} finally {
  modules.remove();
}
if (missed) process.exitCode = 1;
