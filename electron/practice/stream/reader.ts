/** Reads a stream record by record and proves each before it is handed out. */
import type { Source } from '../io.ts';
import type { Change } from '../model/changes.ts';
import {
  type BeginHead,
  getBegin,
  getFields,
  HeadReader,
  hasMagic,
  payloadLength,
  RECORD_HEAD,
  RecordType,
  typeOf,
} from './record.ts';
import type { BeginPayload, PackageContents } from './writer.ts';

/** Nothing that is kept in memory whole is longer: names, resume points, properties. */
const LONGEST_TEXT = 1024 * 1024;

export type Broken = 'truncated' | 'checksum';

export interface StreamBegin extends BeginHead, BeginPayload {}

/** What stands at the head of the input, or between the streams of a package. */
export type Opener =
  | { readonly type: 'package'; readonly begin: BeginHead; readonly contents: PackageContents | null }
  | { readonly type: 'stream'; readonly begin: StreamBegin }
  | { readonly type: 'end' }
  | { readonly type: 'broken'; readonly how: Broken | 'magic' };

/** A change that has been proved, with the bytes of stream it took. */
export interface Proved {
  readonly change: Change;
  readonly bytes: number;
}

export class StreamReader {
  readonly #source: Source;
  #chunk: Buffer = Buffer.alloc(0);
  #heads = new HeadReader();

  constructor(source: Source) {
    this.#source = source;
  }

  async #more(): Promise<boolean> {
    const next = await this.#source.read();
    this.#chunk = next ?? Buffer.alloc(0);
    return next !== null;
  }

  async #take(length: number): Promise<Buffer | null> {
    if (this.#chunk.length >= length) {
      const taken = this.#chunk.subarray(0, length);
      this.#chunk = this.#chunk.subarray(length);
      return taken;
    }
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0) {
      if (this.#chunk.length === 0 && !(await this.#more())) return null;
      const part = this.#chunk.subarray(0, missing);
      this.#chunk = this.#chunk.subarray(part.length);
      missing -= part.length;
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  /** Runs over a payload that nobody needs: its content is told by its head. */
  async #pass(length: number): Promise<boolean> {
    let missing = length;
    while (missing > 0) {
      if (this.#chunk.length === 0 && !(await this.#more())) return false;
      const part = this.#chunk.subarray(0, missing);
      this.#chunk = this.#chunk.subarray(part.length);
      this.#heads.payload(part);
      missing -= part.length;
    }
    return true;
  }

  async #text(length: number): Promise<string | null> {
    const payload = length > LONGEST_TEXT ? null : await this.#take(length);
    if (payload === null) return null;
    this.#heads.payload(payload);
    return payload.toString();
  }

  /** Reads the begin of a package or stream, or the end of a package. Also drops what ends the head of a package. */
  async opener(): Promise<Opener> {
    const head = await this.#take(RECORD_HEAD);
    if (head === null) return { type: 'broken', how: 'truncated' };
    const type = typeOf(head);
    if (type === RecordType.end) return { type: 'end' };
    if (!hasMagic(head)) return { type: 'broken', how: 'magic' };
    this.#heads = new HeadReader();
    if (!this.#heads.check(head)) return { type: 'broken', how: 'checksum' };
    const text = await this.#text(payloadLength(head));
    if (text === null) return { type: 'broken', how: 'truncated' };
    const begin = getBegin(head);
    const payload: unknown = text === '' ? null : JSON.parse(text);
    if (type !== RecordType.package) {
      const carried = (payload ?? { resume: null, key: null }) as BeginPayload;
      return { type: 'stream', begin: { ...begin, ...carried } };
    }
    const end = await this.#take(RECORD_HEAD);
    if (end === null || !this.#heads.check(end))
      return { type: 'broken', how: end === null ? 'truncated' : 'checksum' };
    return { type: 'package', begin, contents: payload as PackageContents | null };
  }

  /**
   * The changes of the stream whose begin was read. A change is yielded only once the head after it has proved its
   * payload, as in the kernel; so nothing that is damaged is ever written.
   * @returns null at the stream's end, else how it broke
   */
  async *changes(): AsyncGenerator<Proved, Broken | null> {
    let unproved: Proved | null = null;
    for (;;) {
      const head = await this.#take(RECORD_HEAD);
      if (head === null) return 'truncated';
      if (!this.#heads.check(head)) return 'checksum';
      if (unproved !== null) yield unproved;
      if (typeOf(head) === RecordType.end) return null;
      const change = await this.#change(head);
      if (change === null) return 'truncated';
      unproved = { change, bytes: RECORD_HEAD + payloadLength(head) };
    }
  }

  async #change(head: Buffer): Promise<Change | null> {
    const fields = getFields(head);
    const length = payloadLength(head);
    if (typeOf(head) === RecordType.write) {
      const { id, offset, seed, start } = fields;
      return (await this.#pass(length)) ? { type: 'write', id, offset, length, seed, start } : null;
    }
    if (typeOf(head) === RecordType.free) return { type: 'free', id: fields.id };
    const path = await this.#text(length);
    return path === null ? null : { type: 'object', id: fields.id, path, size: fields.offset };
  }

  /** Reads to the end of the input and forgets it. */
  async drain(): Promise<void> {
    this.#chunk = Buffer.alloc(0);
    while (await this.#more());
  }

  /** Reads to the end of the stream whose begin was read, checking nothing (`recv_skip`). */
  async skipStream(): Promise<void> {
    for await (const _change of this.changes());
  }
}
