/** What the Node adapter passes beside the request. */
type NodeEnvironment = { readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } } };

/** Where the caller's address comes from. */
export type AddressOptions = {
  readonly trustedProxies: number;
  readonly clientAddress: ((request: Request, peer: string | undefined) => string | undefined) | undefined;
};

/** Finds the IP address of a caller: from the platform, or from trusted proxies. */
export function compileClientAddress({ trustedProxies, clientAddress }: AddressOptions) {
  return (request: Request, environment: unknown): string | undefined => {
    const peer = plain((environment as NodeEnvironment | undefined)?.incoming?.socket?.remoteAddress);
    if (clientAddress) return clientAddress(request, peer);
    if (trustedProxies === 0) return peer;
    // Each proxy appends who called it, so that only what one's own proxies appended can be believed.
    const seen = (request.headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
    return plain(seen.at(-trustedProxies) || undefined) ?? peer;
  };
}

/** An IPv4 address as such where the socket has it mapped into IPv6. */
function plain(address: string | undefined): string | undefined {
  return address?.replace(/^::ffff:(?=\d+\.)/i, '');
}
