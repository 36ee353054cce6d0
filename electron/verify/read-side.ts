/** Starts the reading of one snapshot on its host. */
import { randomBytes } from 'node:crypto';
import type { Dataset } from '../../shared/model/inventory.ts';
import type { Label } from '../../shared/model/names.ts';
import { complaints, readContent } from '../../shared/zfs/content.ts';
import { readVolume } from '../../shared/zfs/volume-content.ts';
import { wireCommand } from '../../shared/zfs/wire.ts';
import type { Reached } from '../hosts/reached.ts';
import type { Exit } from '../ssh/shell.ts';
import type { Standing } from './compare-lines.ts';

/** A read of all files may take days, ms. */
const READING = 14 * 24 * 3600_000;

export interface SideToRead {
  readonly reached: Reached;
  readonly dataset: Dataset;
  readonly label: Label;
  /** Records of the part that need not be sent again. */
  readonly skip: number;
}

export interface Reading {
  readonly lines: AsyncGenerator<string, void>;
  /** How the command ended; null as long as it has not. */
  readonly exit: () => Exit | null;
}

/** @param part where to begin */
export function readSide(side: SideToRead, part: Standing['part'], signal: AbortSignal): Reading {
  const { reached, dataset, label, skip } = side;
  const { elevation } = reached.tools;
  const mountpoint = dataset.mounted === true ? dataset.mountpoint : null;
  const argv =
    part === 'blocks' || part === 'end'
      ? // An interrupted reading continues briefly on its host, and then destroys its own clone, no other.
        readVolume(elevation, dataset.name, label, skip, randomBytes(4).toString('hex'))
      : readContent(elevation, dataset.name, label, mountpoint, { part, skip });
  const lines = reached.shell.lines(wireCommand(argv), { timeoutMs: READING, signal });
  let exit: Exit | null = null;
  const iterate = async function* (): AsyncGenerator<string, void> {
    exit = yield* lines;
  };
  return { lines: iterate(), exit: () => exit };
}

/** Why a reading proves nothing, in words; empty if it came to its end. */
export const whyUnread = (host: string, exit: Exit | null): string[] =>
  exit === null || exit.status === 0
    ? []
    : [
        `It could not be read on ${host}: ${complaints(exit.stderr) || `the reading command ended with status ${exit.status}`}.`,
      ];

/** That not all files were read, in words, though the reading said nothing of it; empty if they were. */
export const whyTooFew = (host: string, { regular, digests }: Standing['sourceFiles']): string[] =>
  regular === digests ? [] : [`Only ${digests} of ${regular} files were read on ${host}.`];
