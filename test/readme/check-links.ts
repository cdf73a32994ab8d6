/** `npm run check:links`: links and anchors of README, docs and decisions that lead nowhere. */
import { findBrokenLinks, listPages } from './links.ts';

const pages = await listPages();
const broken = (
  await Promise.all(pages.map(async (page) => (await findBrokenLinks(page)).map((each) => `${page}: ${each}`)))
).flat();
for (const line of broken) console.error(`This link leads nowhere: ${line}`);
if (broken.length > 0) process.exitCode = 1;
