/**
 * A text as the value of a cookie. Characters that a cookie can contain (RFC 6265, section 4.1.1) stay, because many servers do
 * not decode them; other texts are percent-encoded.
 */
export const cookieValue = (text: string): string =>
  /^[!#$&-+\--:<-[\]-~]*$/.test(text) ? text : encodeURIComponent(text);
