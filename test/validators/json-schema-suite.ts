/** `npm run test:json-schema`: the official suite through our generator; the tables go to bench/json-schema.md. */
import { writeFileSync } from 'node:fs';
import { GeneratedModules } from './generated-module.ts';
import { ajvJudge } from './suite/ajv.ts';
import { readGroups } from './suite/groups.ts';
import { failureList, leftOutList, percent, table, totalOf } from './suite/report.ts';
import { generatedJudge, runGroups } from './suite/run.ts';

const modules = new GeneratedModules();
try {
  const judge = generatedJudge(modules);
  const [required, formats] = [readGroups('required'), readGroups('formats')];
  const ours = { required: await runGroups(required, judge), formats: await runGroups(formats, judge) };
  const ajv = { required: await runGroups(required, ajvJudge), formats: await runGroups(formats, ajvJudge) };
  const report = `# JSON Schema Test Suite, draft 2020-12

Each schema is a component of an OpenAPI document; the module that we generate for it is imported and run
(\`npm run test:json-schema\`). AJV with ajv-formats runs the same tests.

## Required

${table(ours.required, ajv.required)}

## Formats

${table(ours.formats, ajv.formats)}

## Not right

${failureList([...ours.required, ...ours.formats])}

## Omitted

${leftOutList([...ours.required, ...ours.formats])}
`;
  writeFileSync(new URL('../../bench/json-schema.md', import.meta.url), report);
  console.log(report);
  const [all, text] = [totalOf(ours.required), totalOf(ours.formats)];
  console.log(
    `required ${percent(all)}, formats ${percent(text)}, wrongly accepted ${all.wronglyAccepted + text.wronglyAccepted}`,
  );
  const enough = all.right >= 0.99 * all.tests && all.wronglyAccepted === 0 && text.right > totalOf(ajv.formats).right;
  if (!enough) process.exitCode = 1;
} finally {
  modules.remove();
}
