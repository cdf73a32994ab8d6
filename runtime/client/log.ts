/** As the console has it: an event's name, and what is known of it with secrets masked. */
export type Logger = {
  readonly debug?: ((event: string, fields: Readonly<Record<string, unknown>>) => void) | undefined;
  readonly warn?: ((event: string, fields: Readonly<Record<string, unknown>>) => void) | undefined;
};
