import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Source } from '../io.ts';
import { addDataset, addPool, edit } from '../model/datasets.ts';
import type { Machine } from '../model/machine.ts';
import { takeSnapshots } from '../model/snapshots.ts';
import { runCommandLine } from '../shell/login.ts';
import { run, testSystem } from '../testing/host.ts';

/** Hands out a buffer in pieces of that size. */
function sourceOf(data: Buffer, piece: number): Source {
  let at = 0;
  return {
    read() {
      const next = data.subarray(at, at + piece);
      at += piece;
      return Promise.resolve(next.length === 0 ? null : next);
    },
  };
}

function fill(machine: Machine): void {
  const { pool } = addPool(machine, 'tank', 1024 ** 3);
  const dataset = addDataset(machine, pool, { name: 'tank/a', kind: 'filesystem' });
  edit(machine, dataset, (editor) => {
    for (const [index, length] of [70_000, 150_000, 1].entries()) {
      const id = editor.newId();
      editor.shape(id, `file${index}`, length);
      editor.write(id, { offset: 0, length, seed: index, start: 5 });
    }
  });
  takeSnapshots(machine, [{ dataset, label: '1' }]);
}

let stream: Buffer;

beforeAll(async () => {
  const system = testSystem('source');
  fill(system.machine);
  const parts: Buffer[] = [];
  const sink = { write: (data: Buffer) => Promise.resolve(void parts.push(data)) };
  const stdin = sourceOf(Buffer.alloc(0), 1);
  await runCommandLine(system, '/usr/sbin/zfs send tank/a@1', { stdin, stdout: sink, stderr: sink }).ending;
  stream = Buffer.concat(parts);
});

async function receive(data: Buffer, options = '', piece = 65_536) {
  const system = testSystem('destination');
  addPool(system.machine, 'pool', 1024 ** 3);
  const outcome = await run(system, `zfs receive ${options} -u pool/copy`, sourceOf(data, piece));
  return { ...outcome, copy: system.machine.dataset('pool/copy') };
}

describe('a stream', () => {
  it('is taken in whatever pieces it comes', async () => {
    for (const piece of [1000, 4096, 65_537, stream.length]) {
      const { status, stderr, copy } = await receive(stream, '', piece);
      expect([piece, status, stderr, copy?.snapshots.map((one) => one.label)]).toEqual([piece, 0, '', ['1']]);
    }
  });

  it('is never taken for whole when it ends early', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: stream.length - 1 }), async (length) => {
        const { status, stderr, copy } = await receive(stream.subarray(0, length));
        expect([status, copy]).toEqual([1, null]);
        expect(stderr).toMatch(/: (incomplete stream|failed to read from stream)\n$/);
      }),
    );
  });

  it('is never taken with one bit wrong, wherever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: stream.length - 1 }), fc.nat({ max: 7 }), async (place, bit) => {
        const damaged = Buffer.from(stream);
        damaged[place] = (damaged[place] ?? 0) ^ (1 << bit);
        const { status, copy } = await receive(damaged);
        expect([place, status, copy]).toEqual([place, 1, null]);
      }),
    );
  });

  it('can be gone on with from wherever it broke off', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 400, max: stream.length - 1 }), async (length) => {
        const source = testSystem('source');
        fill(source.machine);
        const destination = testSystem('destination');
        addPool(destination.machine, 'pool', 1024 ** 3);
        await run(destination, 'zfs receive -s -u pool/copy', sourceOf(stream.subarray(0, length), 50_000));
        const token = (await run(destination, 'zfs get -H -o value receive_resume_token pool/copy')).stdout.trim();
        const parts: Buffer[] = [];
        const sink = { write: (data: Buffer) => Promise.resolve(void parts.push(data)) };
        const stdin = sourceOf(Buffer.alloc(0), 1);
        await runCommandLine(source, `/usr/sbin/zfs send -t ${token}`, { stdin, stdout: sink, stderr: sink }).ending;
        const rest = Buffer.concat(parts);
        const { status, stderr } = await run(destination, 'zfs receive -s -u pool/copy', sourceOf(rest, 50_000));
        expect([length, status, stderr]).toEqual([length, 0, '']);
        const [sent, received] = [source.machine.dataset('tank/a'), destination.machine.dataset('pool/copy')];
        const content = (dataset: typeof sent) =>
          [...(dataset?.head.objects.values() ?? [])].map(({ path, size, extents }) => [
            path,
            size,
            extents.map(({ offset, length: bytes, seed, start }) => [offset, bytes, seed, start]),
          ]);
        expect(content(received)).toEqual(content(sent));
        expect(received?.snapshots[0]?.guid).toBe(sent?.snapshots[0]?.guid);
      }),
      { numRuns: 40 },
    );
  });

  it('of anything else is refused by its first bytes', async () => {
    const { status, stderr } = await receive(Buffer.alloc(4096, 'Welcome to this host\n'));
    expect([status, stderr]).toEqual([1, 'cannot receive: invalid stream (bad magic number)\n']);
  });
});
