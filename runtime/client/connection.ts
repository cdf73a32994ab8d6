/** What Node says of a failed `fetch` is in its cause; browsers say nothing. */
type Cause = {
  readonly code?: string;
  readonly syscall?: string;
  readonly message?: string;
  readonly socket?: { readonly bytesWritten?: number };
  readonly errors?: readonly Cause[];
};

const causeOf = (error: unknown): Cause => ((error as { cause?: Cause } | undefined)?.cause ?? error ?? {}) as Cause;

export const reasonOf = (error: unknown): string => {
  const { code, message } = causeOf(error);
  return code ?? message ?? 'unknown';
};

const beforeFirstByte = ({ code, syscall, socket, errors }: Cause): boolean =>
  errors?.length
    ? errors.every(beforeFirstByte)
    : syscall === 'connect' ||
      syscall === 'getaddrinfo' ||
      code === 'UND_ERR_CONNECT_TIMEOUT' ||
      socket?.bytesWritten === 0;

/** Not one byte left: the name was not found, or no connection was made. In doubt it is false. */
export const isUnsent = (error: unknown): boolean => beforeFirstByte(causeOf(error));
