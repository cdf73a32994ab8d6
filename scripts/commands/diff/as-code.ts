/**
 * A word of a document within a sentence. Backticks are replaced: when the sentence becomes Markdown, backticks mark
 * code, and one in the word would end it.
 */
export const asWord = (value: unknown): string => String(value).replaceAll('`', '\\u0060');

/** A value of a document inside of a sentence, as code. */
export const asCode = (value: unknown): string => `\`${asWord(value) || ' '}\``;

/** Several values as code. */
export const asCodes = (values: readonly unknown[]): string => values.map(asCode).join(', ');
