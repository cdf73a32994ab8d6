/**
 * A word of a document within a sentence. Backticks mark code when the sentence becomes Markdown, so that a backtick in
 * the word would end it.
 */
export const asWord = (value: unknown): string => String(value).replaceAll('`', '\\u0060');

/** A value of a document inside of a sentence, as code. */
export const asCode = (value: unknown): string => `\`${asWord(value) || ' '}\``;

/** Several of them. */
export const asCodes = (values: readonly unknown[]): string => values.map(asCode).join(', ');
