import { markdownCode, markdownText } from '../../common/text/literal.ts';
import type { Change } from '../diff/types.ts';
import type { Plan } from './plan.ts';

const HEADINGS = [
  ['major', 'Breaking'],
  ['minor', 'New'],
  ['patch', 'Also'],
] as const;

/** One change in Markdown: text between backticks is code. Values of a document contain no backticks. */
export function sentence({ operation, text }: Change): string {
  const parts = text.split(/(`[^`]+`)/).map((part) => {
    if (part.startsWith('`') && part.length > 2) return markdownCode(part.slice(1, -1));
    const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(part) ?? [];
    return `${before && ' '}${markdownText(words)}${after && ' '}`;
  });
  return `${operation === undefined ? '' : `${markdownCode(operation)} `}${parts.join('')}.`;
}

/** One release as a section of CHANGELOG.md. */
function writeSection({ next, changes }: Plan): string {
  const groups = HEADINGS.flatMap(([bump, heading]) => {
    const lines = changes.filter((change) => change.bump === bump).map((change) => `- ${sentence(change)}`);
    return lines.length === 0 ? [] : [`### ${heading}\n\n${lines.join('\n')}`];
  });
  return `## ${next}\n\n${groups.join('\n\n')}\n`;
}

/** CHANGELOG.md of the next release: its section, followed by the text of the last release. */
export function writeChangelog(plan: Plan): string {
  const title = `# ${plan.name}\n\n`;
  const earlier = plan.changelog.startsWith(title) ? plan.changelog.slice(title.length) : '';
  return `${title}${writeSection(plan)}${earlier === '' ? '' : `\n${earlier}`}`;
}
