/**
 * Encodes a text as the value of a cookie. Texts with only allowed characters (RFC 6265, section 4.1.1) stay unchanged,
 * because many servers do not decode them. Other texts are percent-encoded.
 */
export const cookieValue = (text: string): string =>
  /^[!#$&-+\--:<-[\]-~]*$/.test(text) ? text : encodeURIComponent(text);
