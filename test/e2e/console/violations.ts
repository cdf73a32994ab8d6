import type { Page } from 'playwright-core';

/** The violations that axe reports for the page. axe must be loaded in the page. */
export async function violations(page: Page): Promise<readonly string[]> {
  const found = (await page.evaluate('axe.run({ resultTypes: ["violations"] })')) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
