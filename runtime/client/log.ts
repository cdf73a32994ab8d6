/** A logger such as the console. It receives the name of an event and its details, with masked secrets. */
export type Logger = {
  readonly debug?: ((event: string, fields: Readonly<Record<string, unknown>>) => void) | undefined;
  readonly warn?: ((event: string, fields: Readonly<Record<string, unknown>>) => void) | undefined;
};
