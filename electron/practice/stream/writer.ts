/** Turns changes into a stream. */
import type { Sink } from '../io.ts';
import type { Change, ResumePoint } from '../model/changes.ts';
import type { Key } from '../model/machine.ts';
import { type BeginHead, HeadWriter, putBegin, putFields, RECORD_HEAD, RecordType } from './record.ts';
import { textStretch } from './text.ts';

/** Records are gathered up to this many bytes before they are written: two heads' worth of writes cost as much as one. */
const BATCH = 262_144;
const ROOM = BATCH + RECORD_HEAD + 131_072;

/** What the head of a package carries besides the streams (`zfs send -p`). */
export interface PackageContents {
  /** Sent by `-R`: what the destination has beyond it may have to go. */
  readonly replication: boolean;
  /** By path below the dataset that was named; the empty path is that dataset. */
  readonly datasets: Readonly<Record<string, PackagedDataset>>;
}

export interface PackagedDataset {
  readonly properties: Readonly<Record<string, string>>;
  /** GUIDs of all snapshots up to the last one sent. */
  readonly snapshots: readonly string[];
}

/** What the begin of a stream carries besides its head. */
export interface BeginPayload {
  readonly resume: ResumePoint | null;
  /** The key of a raw stream, as far as a host that cannot read it needs it. */
  readonly key: StreamKey | null;
}

export interface StreamKey {
  readonly cipher: string;
  readonly format: Key['format'];
  readonly digest: string;
  /** The dataset sent is an encryption root. */
  readonly root: boolean;
}

export class StreamWriter {
  readonly #sink: Sink;
  readonly #onBytes: (bytes: number) => Promise<void> | undefined;
  #heads = new HeadWriter();
  #batch = Buffer.allocUnsafe(ROOM);
  #filled = 0;

  /** @param onBytes called before each write with its length: counts, and waits if the rate is limited */
  constructor(sink: Sink, onBytes: (bytes: number) => Promise<void> | undefined) {
    this.#sink = sink;
    this.#onBytes = onBytes;
  }

  #add(type: RecordType, payload: Buffer | null, put: (head: Buffer) => void): Promise<void> | undefined {
    const head = this.#batch.subarray(this.#filled, this.#filled + RECORD_HEAD);
    put(head);
    this.#heads.seal(head, type, payload);
    this.#filled += RECORD_HEAD + (payload?.copy(this.#batch, this.#filled + RECORD_HEAD) ?? 0);
    return this.#filled >= BATCH ? this.flush() : undefined;
  }

  async flush(): Promise<void> {
    if (this.#filled === 0) return;
    const batch = this.#batch.subarray(0, this.#filled);
    // The sink may still hold the old batch when this returns: never write into it again.
    this.#batch = Buffer.allocUnsafe(ROOM);
    this.#filled = 0;
    await this.#onBytes(batch.length);
    await this.#sink.write(batch);
  }

  async beginPackage(begin: BeginHead, contents: PackageContents | null): Promise<void> {
    const payload = contents === null ? null : Buffer.from(JSON.stringify(contents));
    await this.#add(RecordType.package, payload, (head) => putBegin(head, begin));
    await this.#add(RecordType.end, null, (head) => putFields(head, {}));
  }

  async begin(begin: BeginHead, carried: BeginPayload): Promise<void> {
    this.#heads = new HeadWriter();
    const bare = carried.resume === null && carried.key === null;
    const payload = bare ? null : Buffer.from(JSON.stringify(carried));
    await this.#add(RecordType.begin, payload, (head) => putBegin(head, begin));
  }

  /** @returns a promise only if the caller has to wait */
  change(change: Change): Promise<void> | undefined {
    switch (change.type) {
      case 'object':
        return this.#add(RecordType.object, Buffer.from(change.path), (head) =>
          putFields(head, { id: change.id, offset: change.size }),
        );
      case 'free':
        return this.#add(RecordType.free, null, (head) => putFields(head, { id: change.id }));
      case 'write':
        return this.#add(RecordType.write, textStretch(change.seed, change.start, change.length), (head) =>
          putFields(head, change),
        );
    }
  }

  async end(): Promise<void> {
    await this.#add(RecordType.end, null, (head) => putFields(head, {}));
    await this.flush();
  }
}
