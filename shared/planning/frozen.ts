/**
 * Flags of `zfs send` that stay as they were in the first run of a pair: a raw copy stays raw, and `-L` never flips
 * (before OpenZFS 2.0 data was lost then; since, `incremental send stream requires -L (--large-block), to match previous
 * receive.`).
 */
import { z } from 'zod';
import type { Dataset, Zfs } from '../model/inventory.ts';
import type { DatasetName } from '../model/names.ts';
import type { Finding, Plan, Step } from '../model/plan.ts';
import { showZfs } from '../zfs/capabilities.ts';
import type { SendFlags } from '../zfs/commands.ts';
import { fixNewName } from './conflict-fixes.ts';
import { type Ends, poolNamed } from './ends.ts';
import { blocks, notes, warns } from './findings.ts';

export const FrozenFlagsSchema = z.object({
  raw: z.boolean(),
  largeBlocks: z.boolean(),
  compressed: z.boolean(),
  embedded: z.boolean(),
});
export type FrozenFlags = z.infer<typeof FrozenFlagsSchema>;

/** What is known of a dataset and its copy; null: nothing was sent yet, or not from here. */
export type FrozenOf = (source: DatasetName, copy: DatasetName) => FrozenFlags | null;

/** The flags of a `zfs send` as it was run; null for one resumed by a token, which contains its flags. */
export function flagsOfSend(argv: readonly string[]): FrozenFlags | null {
  const options = argv.slice(argv.indexOf('send') + 1, -1);
  if (options.includes('-t')) return null;
  return {
    raw: options.includes('-w'),
    largeBlocks: options.includes('-L'),
    compressed: options.includes('-c'),
    embedded: options.includes('-e'),
  };
}

export interface SentPair {
  readonly source: DatasetName;
  readonly copy: DatasetName;
  readonly flags: FrozenFlags;
  /** True if the stream created the copy: what was known of an older one no longer applies. */
  readonly anew: boolean;
}

/** What a successful sending step says about its pair; null for other steps, and for packages sent in one pipe. */
export function pairOfStep(plan: Plan, step: Step): SentPair | null {
  const first = plan.streams[step.streams[0] ?? -1];
  const [send] = step.commands;
  const member = plan.members.find(({ copy }) => copy === step.copy);
  if (step.kind !== 'send-receive' || first === undefined || send === undefined || member === undefined) return null;
  const flags = flagsOfSend(send.argv);
  if (flags === null) return null;
  return { source: member.source, copy: member.copy, flags, anew: first.type === 'full' || first.origin !== null };
}

/**
 * @param possible what both ends can do now
 * @returns as before, as far as it is possible
 */
export const keepFrozen = (possible: FrozenFlags, frozen: FrozenFlags): FrozenFlags => ({
  raw: possible.raw,
  largeBlocks: frozen.largeBlocks && possible.largeBlocks,
  compressed: frozen.compressed && possible.compressed,
  embedded: frozen.embedded && possible.embedded,
});

/** OpenZFS 2.0 and later refuses an update without -L to a copy that had them with it; what is older takes it. */
const refusesFlip = ({ dialect, kernel, version }: Zfs): boolean =>
  dialect === 'openzfs' && Number.parseInt(kernel ?? version ?? '', 10) >= 2;

/** A copy that was not made from here, with large blocks in both pools: it is unknown whether it has any. */
function checkUnknown({ request, source, destination }: Ends, dataset: Dataset, send: SendFlags): Finding[] {
  const copy = request.destination.dataset;
  const [from, to] = [poolNamed(source, dataset.name), poolNamed(destination, copy)];
  const inBoth = from?.features.large_blocks === 'active' && to?.features.large_blocks === 'active';
  if (!inBoth || send.raw || refusesFlip(destination.zfs)) return [];
  return [
    warns('large-blocks-unknown', {
      message: `It is unknown whether ${copy} was sent with large blocks (-L); this update is sent without. If it was, ${showZfs(destination.zfs)} does not notice, and files with large blocks can come out as zeros.`,
      evidence: { copy, large_blocks: 'active' },
    }),
  ];
}

/** Findings where the flags of the first run cannot be used any more, or are not known. */
export function checkFrozen(ends: Ends, dataset: Dataset, send: SendFlags): Finding[] {
  const { request, source, destination } = ends;
  const frozen = ends.frozen ?? null;
  if (frozen === null) return checkUnknown(ends, dataset, send);
  const copy = request.destination.dataset;
  const lost = (
    [
      ['-w', frozen.raw && !send.raw],
      ['-L', frozen.largeBlocks && !send.largeBlocks && !send.raw],
    ] as const
  ).flatMap(([option, gone]) => (gone ? [option] : []));
  if (lost.length > 0) {
    return [
      blocks('flags-frozen', {
        message: `Earlier streams of ${dataset.name} to ${copy} were sent with ${lost.join(' and ')}, which ${source.host} and ${destination.host} cannot do together now. An update without it would not fit the copy.`,
        evidence: { before: frozen, now: { ...send }, lost },
        fixes: [
          ...(lost.includes('-w') && request.raw === 'no'
            ? [
                {
                  label: 'Send it raw, as before',
                  detail: 'The copy stays what it is.',
                  change: { raw: 'auto' as const },
                  destructive: false,
                },
              ]
            : []),
          fixNewName(ends),
        ],
      }),
    ];
  }
  if (!frozen.compressed || send.compressed || send.raw) return [];
  return [
    notes('flags-changed', {
      message: `Earlier streams of ${dataset.name} were sent compressed (-c); ${destination.host} no longer accepts that, so more bytes go over the network.`,
      evidence: { before: frozen, now: { ...send } },
    }),
  ];
}
