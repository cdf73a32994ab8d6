import { maskText } from '../contract/mask-text.ts';

/** The text with each secret masked, also if it is percent-encoded or inside JSON. */
export const redact = (text: string, secrets: Iterable<string>): string => maskText(text, secrets, '***');
