/** The escapes of reserved characters (RFC 3986) that neither end a value of a query or form nor mean a space in it. */
const RESERVED = /%(21|24|27|28|29|2A|2C|2F|3A|3B|3D|3F|40|5B|5D)/g;
const TRIPLE = /%25([\da-f]{2})/gi;

/** Returns percent-encoded text of a query or form in which reserved characters are not escaped (`allowReserved`). */
export const withReserved = (escaped: string): string => escaped.replace(RESERVED, decodeURIComponent);

/**
 * Returns percent-encoded text in which the escapes of the original text are unchanged, as RFC 6570 (section 3.2.3)
 * requires.
 */
export const withEscapes = (escaped: string): string => escaped.replace(TRIPLE, '%$1');
