/**
 * The JSON text of a part of the document, with the sign of a zero where its type would show it. (JSON omits it, and a
 * `replacer` for each value of a large document takes longer than everything else that recalls a text.)
 */
export function contentText(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  const mayHaveZero = (text.includes('"const":') || text.includes('"enum":')) && /[:,[]0[,\]}]/.test(text);
  return mayHaveZero ? JSON.stringify(value, (_, member) => (Object.is(member, -0) ? { '\0': '-0' } : member)) : text;
}
