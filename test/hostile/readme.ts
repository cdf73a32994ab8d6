import { marked, type Token, type Tokens } from 'marked';

/** Parts of a README that a document must not create: HTML, links, images, headings and fences. */
export function readmeProblems(markdown: string): readonly string[] {
  const problems: string[] = [];
  const headings: string[] = [];
  let fences = 0;
  marked.walkTokens(marked.lexer(markdown), (token: Token) => {
    if (['html', 'link', 'image', 'def', 'blockquote', 'hr', 'list'].includes(token.type))
      problems.push(`${token.type}: ${token.raw}`);
    if (token.type === 'code') fences += 1;
    if (token.type === 'heading') headings.push((token as Tokens.Heading).text);
  });
  const known = ['@countersign/hostile', 'First call', 'Credentials', 'Operations', 'Entry points'];
  problems.push(...headings.filter((heading) => !known.includes(heading)).map((heading) => `heading: ${heading}`));
  if (fences > 1) problems.push('more than one block of code');
  if (/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/u.test(markdown)) problems.push('characters that are obeyed');
  return problems;
}
