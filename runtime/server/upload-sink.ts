import { openSpool, type Spool } from './spool.ts';

/** The memory budget of all parts of one request, and the files to remove after it. */
export type UploadBudget = {
  /** Remaining bytes. */
  memory: number;
  readonly spools: Spool[];
  /** Creates the error for parts that exceed the budget. */
  readonly tooLarge: () => Error;
};

/** Maximum size in bytes of a file in memory. Larger files are stored on disk. */
const HELD = 65_536;

/**
 * Receives the content of one part. Text and small files are stored in memory, other files on disk if the platform has
 * a disk.
 */
export class UploadSink {
  readonly #budget: UploadBudget;
  readonly #isFile: boolean;
  #held: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;
  #spool: Spool | undefined;

  constructor(budget: UploadBudget, isFile: boolean) {
    this.#budget = budget;
    this.#isFile = isFile;
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#spool) {
      await this.#spool.write(chunk);
      return;
    }
    this.#size += chunk.length;
    if (this.#isFile && this.#size > HELD) {
      const spool = await this.#moveToDisk();
      if (spool) {
        await spool.write(chunk);
        return;
      }
    }
    this.#budget.memory -= chunk.length;
    if (this.#budget.memory < 0) throw this.#budget.tooLarge();
    this.#held.push(new Uint8Array(chunk));
  }

  async toBytes(): Promise<Uint8Array<ArrayBuffer>> {
    return new Uint8Array(await new Blob(this.#held).arrayBuffer());
  }

  async toFile(name: string, type: string): Promise<File> {
    return this.#spool?.toFile(name, type) ?? new File(this.#held, name, { type });
  }

  /** Moves the content to disk. Undefined if the platform has no disk. */
  async #moveToDisk(): Promise<Spool | undefined> {
    const spool = await openSpool();
    if (!spool) return undefined;
    this.#spool = spool;
    this.#budget.spools.push(spool);
    for (const chunk of this.#held) {
      await spool.write(chunk);
      this.#budget.memory += chunk.length;
    }
    this.#held = [];
    return spool;
  }
}
