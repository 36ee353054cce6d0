/** `zfs send` */
import type { Sink } from '../io.ts';
import { changesBetween } from '../model/changes.ts';
import { encryptionRoot, isLocked } from '../model/encryption.ts';
import { type Machine, type Snapshot, snapshotName } from '../model/machine.ts';
import { complain, type Process, say } from '../shell/process.ts';
import { limiter } from '../stream/rate.ts';
import type { BeginHead } from '../stream/record.ts';
import { type StreamKey, StreamWriter } from '../stream/writer.ts';
import { type Options, readOptions, UsageError, ZfsError } from './options.ts';
import { need } from './permissions.ts';
import { baseLabel, type PlannedStream, type SendPlan } from './planned-stream.ts';
import { cannotSend } from './send-names.ts';
import { planResume, planSend } from './send-plan.ts';
import { niceBytes } from './show.ts';

/** Of 2.3.9. */
const OPTIONS = 'i:I:RDpVvnPLehbcwst:SX:d:';

/** Options of 2.3.9 that the practice hosts do not have; said plainly rather than done otherwise than ZFS does. */
const ABSENT = ['b', 'h', 'S', 'X', 'd'];

interface Report {
  readonly on: boolean;
  readonly parsable: boolean;
  readonly dryRun: boolean;
}

function sizeLine(stream: PlannedStream, report: Report): string {
  const name = snapshotName(stream.snapshot);
  if (report.parsable) {
    const front = stream.base === null ? `full\t${name}` : `incremental\t${baseLabel(stream)}\t${name}`;
    return `${front}\t${stream.estimate}`;
  }
  const size = niceBytes(Number(stream.estimate));
  return stream.base === null
    ? `full send of ${name} estimated size is ${size}`
    : `send from ${stream.baseShown} to ${name} estimated size is ${size}`;
}

function totalLine(plan: SendPlan, report: Report): string {
  const total = BigInt.asUintN(
    64,
    plan.streams.reduce((sum, stream) => sum + stream.estimate, 0n),
  );
  if (report.parsable) return `size\t${total}`;
  // A single incremental stream's total has no unit below 1024 (2.3.9 takes another function for it).
  const [only] = plan.streams;
  const bare = only !== undefined && only.base !== null && !plan.packaged;
  return `total estimated size is ${niceBytes(Number(total), bare ? '' : 'B')}`;
}

/** One row a second on stderr while a stream is under way, nothing under a second. */
function progressRows(process: Process, name: string, report: Report, sent: () => number): () => void {
  if (!report.on) return () => {};
  const timer = setInterval(() => {
    const time = new Date(process.system.machine.now() * 1000).toISOString().slice(11, 19);
    const row = report.parsable
      ? `${time}\t${sent()}\t${name}\n`
      : `${time}  ${niceBytes(sent(), 'B').padStart(6)}   ${name}\n`;
    complain(process, row).catch(() => clearInterval(timer));
  }, 1000);
  return () => clearInterval(timer);
}

function beginOf(stream: PlannedStream, plan: SendPlan): BeginHead {
  const { snapshot, base } = stream;
  return {
    toName: snapshotName(snapshot),
    toGuid: snapshot.guid,
    fromGuid: base?.guid ?? null,
    creation: snapshot.creation,
    kind: snapshot.dataset.kind,
    flags: { ...plan.flags, raw: plan.flags.raw && snapshot.dataset.cipher !== null },
    resuming: stream.resume !== null,
    clone: base !== null && 'tree' in base && base.dataset !== snapshot.dataset,
  };
}

/** A raw stream carries what tells a right key from a wrong one. */
function keyOf(machine: Machine, snapshot: Snapshot, plan: SendPlan): StreamKey | null {
  const { dataset } = snapshot;
  const key = encryptionRoot(machine, dataset)?.key;
  if (!plan.flags.raw || dataset.cipher === null || key == null) return null;
  return { cipher: dataset.cipher, format: key.format, digest: key.digest, root: dataset.key !== null };
}

/** @throws ZfsError unless the user may send all of it and what is not sent raw can be read */
function checkSending(process: Process, plan: SendPlan): void {
  const { machine } = process.system;
  for (const { snapshot } of plan.streams) {
    const name = snapshotName(snapshot);
    if (plan.packaged && plan.contents?.replication !== false) {
      need(
        process,
        snapshot.dataset,
        ['hold'],
        `cannot hold: permission denied\ncannot send '${snapshot.dataset.name}': permission denied`,
      );
    }
    need(process, snapshot.dataset, ['send'], `warning: cannot send '${name}': permission denied`);
    if (!plan.flags.raw && isLocked(machine, snapshot.dataset)) throw cannotSend(name, 'dataset key must be loaded');
  }
}

async function writeStreams(process: Process, plan: SendPlan, report: Report, sink: Sink): Promise<void> {
  const wait = limiter(process.system.rate, process.signal);
  let sent = 0;
  const writer = new StreamWriter(sink, (bytes) => {
    sent += bytes;
    return wait(bytes);
  });
  const [first] = plan.streams;
  const last = plan.streams.at(-1);
  if (first === undefined || last === undefined) return;
  if (plan.packaged) {
    // Its name is the last snapshot's of the dataset that was named, which comes first.
    const named = plan.streams.findLast((one) => one.snapshot.dataset === first.snapshot.dataset) ?? last;
    await writer.beginPackage(beginOf(named, plan), plan.contents);
  }
  for (const stream of plan.streams) {
    sent = 0;
    const stop = progressRows(process, snapshotName(stream.snapshot), report, () => sent);
    try {
      await writer.begin(beginOf(stream, plan), {
        resume: stream.resume,
        key: keyOf(process.system.machine, stream.snapshot, plan),
      });
      const after = stream.base?.createtxg ?? 0;
      for (const change of changesBetween(stream.snapshot.tree, after, stream.resume ?? undefined)) {
        const waiting = writer.change(change);
        if (waiting !== undefined) await waiting;
      }
      await writer.end();
    } finally {
      stop();
    }
  }
  if (plan.packaged) await writer.end();
}

/** There `-w` and `-s` say how to compress and what to check, which streams of practice hosts know nothing of. */
const inSolarisWords = (given: Options): Options => ({
  ...given,
  has: (letter) => letter !== 'w' && letter !== 's' && given.has(letter),
});

const reportOf = (options: Options): Report => ({
  on: options.has('v') || options.has('P'),
  parsable: options.has('P'),
  dryRun: options.has('n'),
});

async function warnOfBareBase(process: Process, options: Options): Promise<void> {
  const base = options.value('i') ?? options.value('I');
  if (base === null || /[@#]/.test(base)) return;
  await complain(
    process,
    "Warning: incremental source didn't specify type, assuming snapshot. Use '@' or '#' prefix to avoid ambiguity.\n",
  );
}

async function makePlan(process: Process, options: Options, tell: (text: string) => Promise<void>): Promise<SendPlan> {
  const { machine } = process.system;
  const token = options.value('t');
  const report = reportOf(options);
  if (token !== null) {
    return planResume(machine, token, async (lines) => {
      if (report.on) await tell(`${lines.join('\n')}\n`);
    });
  }
  const [name, extra] = options.operands;
  if (name === undefined) throw new UsageError('missing snapshot argument');
  if (extra !== undefined) throw new UsageError('too many arguments');
  await warnOfBareBase(process, options);
  return planSend(process.system, options, name);
}

export async function send(process: Process): Promise<number> {
  const { dialect } = process.system;
  const given = readOptions(process.argv.slice(1), dialect.verbs.send?.options ?? OPTIONS);
  const options = dialect.name === 'solaris-11.4' ? inSolarisWords(given) : given;
  const absent = ABSENT.find((letter) => options.has(letter));
  if (absent !== undefined) throw new ZfsError(`zfs send: the practice hosts do not have the option -${absent}`);
  const report = reportOf(options);
  const tell = (text: string) => (report.dryRun ? say(process, text) : complain(process, text));
  const plan = await makePlan(process, options, tell);
  for (const warning of plan.warnings) await complain(process, `${warning}\n`);
  if (report.on) {
    await tell(`${[...plan.streams.map((stream) => sizeLine(stream, report)), totalLine(plan, report)].join('\n')}\n`);
  }
  if (report.dryRun) return 0;
  checkSending(process, plan);
  const [first] = plan.streams;
  if (report.on && !report.parsable && first !== undefined) {
    await tell(`TIME        SENT   SNAPSHOT ${snapshotName(first.snapshot)}\n`);
  }
  await writeStreams(process, plan, report, process.stdout);
  return 0;
}
