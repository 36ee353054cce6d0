import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostSchema } from '../../shared/model/host.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
import { type Helper, readHelpers } from '../../shared/transfer/helpers.ts';
import type { Reached } from '../hosts/reached.ts';
import { localShell } from '../ssh/index.ts';
import { askNobody } from '../ssh/questions.ts';
import { sampleOf } from './sample-stream.ts';

const GiB = 1024 ** 3;
const planned = planOf({
  source: laptop(['a', 'b']),
  destination: nas(['a']),
  measured: [{ total: GiB, parts: [GiB] }],
});

/** The plan, with something else in the place of its send. */
const sending = (argv: string[], changes: Partial<Plan> = {}): Plan => ({
  ...planned,
  steps: planned.steps.map((step) =>
    step.kind === 'send-receive'
      ? { ...step, commands: step.commands.map((command, at) => (at === 0 ? { ...command, argv } : command)) }
      : step,
  ),
  ...changes,
});

const reached = (name: string): Reached => ({
  host: HostSchema.parse({
    name,
    address: { kind: 'local' },
    identityFile: null,
    privilege: 'none',
    hostKey: null,
    practice: false,
  }),
  shell: localShell(),
  tools: { zfs: laptop(['a']).zfs, elevation: [], root: true },
  target: null,
  ask: askNobody,
});

const have = (helper: Helper): boolean =>
  readHelpers(
    spawnSync('sh', ['-c', `command -v ${helper} >/dev/null && echo ${helper}`]).stdout?.toString() ?? '',
  ).has(helper);

describe.skipIf(process.platform === 'win32')('a sample of the stream', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-sample-'));
  const lines = join(folder, 'lines');
  beforeAll(() => writeFileSync(lines, 'one line is like the other\n'.repeat(400_000)));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(!have('zstd'))('takes no more of the line than the run may', async () => {
    const limit = 8 * 1024 ** 2;
    const ways = { from: reached('laptop'), to: reached('nas') };
    const plan = sending(['cat', lines], { request: { ...planned.request, limit } });
    const [plain, packed] = (await sampleOf(plan, ways, ['zstd'])) ?? [];
    expect(plain?.rate).toBeLessThan(2 * limit);
    // What is compressed brings more through the same line.
    expect(packed?.rate).toBeGreaterThan(plain?.rate ?? 0);
  });

  it.skipIf(!have('zstd'))('goes through as it is and compressed, and is remembered for the pair', async () => {
    const ways = { from: reached('laptop'), to: reached('nas') };
    const plan = sending(['cat', lines]);
    const samples = await sampleOf(plan, ways, ['zstd']);
    expect(samples?.map(({ compressor }) => compressor)).toEqual([null, 'zstd']);
    for (const { rate } of samples ?? []) expect(rate).toBeGreaterThan(0);
    const [plain, packed] = samples ?? [];
    expect(plain?.share).toBeLessThanOrEqual(1);
    expect(packed?.share).toBeLessThan((plain?.share ?? 0) / 2);
    rmSync(lines);
    expect(await sampleOf(plan, ways, ['zstd'])).toBe(samples);
  });

  it.each([
    ['what cannot be sent', sending(['cat', join(folder, 'nothing')]), ['zstd']],
    ['little', sending(['cat', '/dev/zero'], { estimate: { bytes: 1000, method: '' } }), ['zstd']],
    ['a snapshot that is yet to be made', sending(['cat', '/dev/zero'], taking()), ['zstd']],
    ['nothing that anybody asks', sending(['cat', '/dev/zero']), []],
  ] as const)('of %s is not taken', async (_, plan, compressors) => {
    expect(await sampleOf(plan, { from: reached('laptop'), to: reached('nas') }, compressors)).toBeNull();
  });

  function taking(): Partial<Plan> {
    const { request } = planned;
    return { request: { ...request, source: { ...request.source, take: true } } };
  }
});
