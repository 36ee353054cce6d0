/** `zfs receive` */
import { VOLUME_OBJECT } from '../model/datasets.ts';
import { mountIfWanted } from '../model/mounts.ts';
import { beginReceive, type Reception, type Refusal } from '../model/reception.ts';
import { complain, type Process, say } from '../shell/process.ts';
import { type Broken, type StreamBegin, StreamReader } from '../stream/reader.ts';
import { type BeginHead, RECORD_HEAD } from '../stream/record.ts';
import type { PackageContents } from '../stream/writer.ts';
import { datasetPart, openDataset, parentName } from './names.ts';
import { type Options, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';
import { receivedEncryption } from './receive-encryption.ts';
import { brokenText, notAStream, refusalText } from './receive-messages.ts';
import { clearForReplication, propertiesBelow } from './receive-package.ts';
import {
  applyReceived,
  checkReceiveNames,
  checkReceiveValues,
  type ReceiveProperties,
  readReceiveProperties,
} from './receive-properties.ts';
import { findTarget, prefixOf, type Target, targetName } from './receive-target.ts';
import { niceBytes } from './show.ts';
import { openOrUsage } from './snapshot.ts';

/** How one dataset of what comes is to be received. */
interface Place {
  /** The name on the command line, or what takes its place below the top of a package. */
  readonly given: string;
  readonly options: Options;
  readonly properties: ReceiveProperties;
  /** Properties the stream brings along; null if none travel with it. */
  readonly carried: Readonly<Record<string, string>> | null;
  readonly top: boolean;
}

class Receiver {
  readonly #process: Process;
  readonly #options: Options;
  readonly #given: string;
  readonly #properties: ReceiveProperties;
  readonly #reader: StreamReader;

  constructor(process: Process, options: Options, given: string) {
    this.#process = process;
    this.#options = options;
    this.#given = given;
    this.#properties = readReceiveProperties(options);
    this.#reader = new StreamReader(process.stdin);
  }

  async run(): Promise<void> {
    checkReceiveNames(this.#properties);
    const opener = await this.#reader.opener();
    if (opener.type === 'package') {
      await this.#package(opener.begin, opener.contents);
      return;
    }
    if (opener.type !== 'stream') throw notAStream(opener.type === 'broken' ? opener.how : 'magic');
    await this.#stream(opener.begin, {
      given: this.#given,
      options: this.#options,
      properties: this.#properties,
      carried: null,
      top: true,
    });
  }

  /** How one dataset of a package is received: the top as was asked, the others below it. */
  #place(begin: StreamBegin, top: string, target: string, contents: PackageContents | null): Place {
    const sent = datasetPart(begin.toName);
    const carried = contents?.datasets[sent.slice(top.length)]?.properties ?? null;
    const options = this.#options;
    if (sent === top) return { given: this.#given, options, properties: this.#properties, carried, top: true };
    const below = { ...options, has: (letter: string) => letter !== 'd' && letter !== 'e' && options.has(letter) };
    const properties = propertiesBelow(this.#properties);
    return { given: target + sent.slice(top.length), options: below, properties, carried, top: false };
  }

  async #package(named: BeginHead, contents: PackageContents | null): Promise<void> {
    const { machine } = this.#process.system;
    const top = datasetPart(named.toName);
    const [target] = targetName(machine, this.#given, named, this.#options);
    const clears = contents?.replication === true && named.fromGuid !== null && this.#options.has('F');
    if (clears && !this.#options.has('n')) clearForReplication(machine, target, contents);
    for (;;) {
      const opener = await this.#reader.opener();
      if (opener.type === 'end') return;
      if (opener.type !== 'stream') throw notAStream(opener.type === 'broken' ? opener.how : 'magic');
      await this.#stream(opener.begin, this.#place(opener.begin, top, target, contents));
      if (this.#options.has('n')) return;
    }
  }

  async #stream(begin: StreamBegin, place: Place): Promise<void> {
    const { options, properties } = place;
    const target = findTarget(this.#process.system, place.given, begin, options, properties.origin);
    const values = checkReceiveValues(properties, target.existing?.kind ?? begin.kind, prefixOf(begin));
    if (options.has('v')) for (const remark of target.remarks) await say(this.#process, `${remark}\n`);
    if (options.has('v')) {
      const verb = options.has('n') ? 'would receive' : 'receiving';
      const type = begin.fromGuid === null ? 'full' : 'incremental';
      const into = `${target.name}@${target.label}`;
      await say(this.#process, `${verb} ${type} stream of ${begin.toName} into ${into}\n`);
    }
    if (options.has('n')) {
      await this.#reader.drain();
      return;
    }
    await this.#take(begin, target, values, place);
  }

  async #take(begin: StreamBegin, target: Target, values: ReadonlyMap<string, string>, place: Place): Promise<void> {
    const { machine } = this.#process.system;
    this.#checkRights(begin, target);
    const carried = place.carried !== null;
    const encryption = receivedEncryption(machine, begin, target, this.#options, place.properties, carried, place.top);
    const started = performance.now();
    const reception = beginReceive(machine, begin, {
      ...target,
      force: this.#options.has('F'),
      resumable: this.#options.has('s'),
      encryption,
    });
    if (typeof reception === 'string') {
      if (reception === 'snapshot-exists' && (await this.#alreadyThere(begin, target, started))) return;
      throw new ZfsError(refusalText(this.#inOldWords(reception, begin, target), prefixOf(begin), target));
    }
    const { dataset } = reception;
    if (begin.kind === 'volume' && !dataset.settings.has('volsize')) dataset.settings.set('volsize', { local: '0' });
    const warnings = applyReceived(dataset, place.properties, values, place.carried);
    const bytes = await this.#fill(begin, target, reception);
    if (begin.kind === 'volume') {
      dataset.settings.set('volsize', { local: String(dataset.head.objects.get(VOLUME_OBJECT)?.size ?? 0) });
    }
    const message = this.#options.has('u') ? null : mountIfWanted(machine, dataset);
    await this.#sayReceived(bytes, started);
    for (const text of [...warnings, ...(message === null ? [] : [message])])
      await complain(this.#process, `${text}\n`);
  }

  /** The old tools blame the snapshot that came after the base, not what was written. */
  #inOldWords(refusal: Refusal, begin: StreamBegin, target: Target): Refusal {
    const newest = target.existing?.snapshots.at(-1);
    const passed = this.#process.system.dialect.old && newest !== undefined && newest.guid !== begin.fromGuid;
    return refusal === 'modified' && passed ? 'no-base' : refusal;
  }

  #checkRights(begin: StreamBegin, target: Target): void {
    const { machine } = this.#process.system;
    const on = target.existing ?? machine.dataset(parentName(target.name));
    if (on !== null) need(this.#process, on, ['receive', 'create', 'mount'], `${prefixOf(begin)}: permission denied`);
  }

  /** The snapshot of that name is this very one: read the stream and go on (`-v` says so). */
  async #alreadyThere(begin: StreamBegin, target: Target, started: number): Promise<boolean> {
    const there = target.existing?.snapshots.find((one) => one.label === target.label);
    if (there?.guid !== begin.toGuid) return false;
    if (this.#options.has('v')) {
      await say(this.#process, `snap ${target.name}@${target.label} already exists; ignoring\n`);
    }
    await this.#reader.skipStream();
    await this.#sayReceived(0, started);
    return true;
  }

  async #sayReceived(bytes: number, started: number): Promise<void> {
    if (!this.#options.has('v')) return;
    const seconds = (performance.now() - started) / 1000;
    const rate = niceBytes(Math.floor(bytes / Math.max(seconds, 0.01)));
    await say(this.#process, `received ${niceBytes(bytes)} stream in ${seconds.toFixed(2)} seconds (${rate}/sec)\n`);
  }

  /** @returns bytes of stream after its begin */
  async #fill(begin: StreamBegin, target: Target, reception: Reception): Promise<number> {
    const prefix = prefixOf(begin);
    let bytes = RECORD_HEAD;
    let ended = false;
    try {
      const changes = this.#reader.changes();
      for (let next = await changes.next(); ; next = await changes.next()) {
        if (next.done) {
          if (next.value !== null) throw this.#broken(next.value, prefix, reception);
          break;
        }
        const refusal = reception.apply(next.value.change, next.value.bytes);
        if (refusal !== null) throw new ZfsError(refusalText(refusal, prefix, target));
        bytes += next.value.bytes;
      }
      const refusal = reception.finish();
      if (refusal !== null) throw new ZfsError(refusalText(refusal, prefix, target));
      ended = true;
      return bytes;
    } finally {
      if (!ended) reception.abandon();
    }
  }

  #broken(how: Broken, prefix: string, reception: Reception): ZfsError {
    return new ZfsError(brokenText(how, prefix, reception));
  }
}

function abort(process: Process, options: Options): number {
  const { machine } = process.system;
  if (options.given.some(({ letter }) => letter !== 'A')) throw new UsageError('invalid option');
  const [name] = options.operands;
  if (name === undefined) throw new UsageError('missing snapshot argument');
  const dataset = openOrUsage(() => openDataset(machine, name));
  if (dataset.partial?.resumable !== true) {
    throw new ZfsError(`'${name}' does not have any resumable receive state to abort`);
  }
  if (dataset.partial.active) throw new ZfsError(`cannot destroy '${name}': dataset is busy`);
  need(process, dataset, ['destroy'], `cannot destroy '${name}': permission denied`);
  const { kind } = dataset.partial;
  dataset.partial = null;
  if (kind === 'full') machine.drop(dataset);
  return 0;
}

export async function receive(process: Process): Promise<number> {
  const options = readOptions(process.argv.slice(1), 'o:x:dehMnuvFsAc');
  if (options.has('A')) return abort(process, options);
  if (options.has('d') && options.has('e')) {
    throw new UsageError('invalid option combination: -d and -e are mutually exclusive');
  }
  const [given, extra] = options.operands;
  if (given === undefined) throw new UsageError('missing snapshot argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  await new Receiver(process, options, given).run();
  return 0;
}
