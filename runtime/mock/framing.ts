/**
 * Headers that describe the transfer of the real body (RFC 9110, RFC 9112). A declared value would cut the body off, or
 * make it unreadable.
 */
export const FRAMING =
  /^(content-(length|encoding|type)|transfer-encoding|connection|keep-alive|trailer|upgrade|te|date)$/i;
