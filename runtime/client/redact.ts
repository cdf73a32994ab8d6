const MASK = '***';

/** The text with each secret masked, also if it is percent-encoded or inside JSON. */
export function redact(text: string, secrets: Iterable<string>): string {
  let masked = text;
  // The longest first, so that a secret inside another leaves no remainder.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (!secret) continue;
    const forms = [secret, encodeURIComponent(secret.toWellFormed()), JSON.stringify(secret).slice(1, -1)];
    for (const form of forms) masked = masked.replaceAll(form, MASK);
  }
  return masked;
}
