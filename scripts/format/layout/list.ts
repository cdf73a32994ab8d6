import { layout, WIDTH } from './index.ts';

const INDENT = 2;

/**
 * A statement that is a list, laid out as `layout` does: `before`, `[`, the items, `]`, `after`. A long list is laid
 * out item by item, because the pieces of megabytes would take many times their size.
 */
export function layoutList(before: string, items: readonly string[], after: string): string {
  const width = items.reduce((sum, item) => sum + item.length + ', '.length, before.length + after.length);
  // A single item may share its lines with the brackets.
  if (items.length < 2 || width <= 2 * WIDTH) return layout(`${before}[${items.join(', ')}]${after}`);
  const margin = ' '.repeat(INDENT);
  const lines = items.map((item) => {
    const text = layout(`${item};`, INDENT).slice(0, -';\n'.length);
    return `${margin}${text.replaceAll('\n', `\n${margin}`)},\n`;
  });
  return `${before}[\n${lines.join('')}]${after}\n`;
}
