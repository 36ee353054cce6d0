import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { failure, SluiceError } from '../../shared/model/failure.ts';
import type { Step } from '../../shared/model/plan.ts';
import { step } from '../../shared/planning/step.ts';
import { ds, laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
import type { Reached } from '../hosts/reached.ts';
import { localShell, type Shell } from '../ssh/index.ts';
import { StepCommands } from './step-commands.ts';

const plan = planOf({ source: laptop(['a', 'b']), destination: nas(['a']) });
const LOST = failure({ code: 'connection-lost', message: 'The connection to nas was lost.', kind: 'passing' });

let shell: Shell;
beforeAll(() => {
  shell = localShell();
});
afterAll(() => shell.close());

/** `laptop` is this computer, `nas` cannot be reached. */
function commands() {
  const collect = vi.spyOn(shell, 'collect');
  collect.mockClear();
  const remark = vi.fn();
  const ran: string[][] = [];
  const own = new StepCommands({
    reach: async (host) => {
      if (host !== 'laptop') throw new SluiceError(LOST);
      return { shell } as Reached;
    },
    signal: new AbortController().signal,
    onCommand: ({ argv }) => ran.push(argv),
    remark,
  });
  return { own, collect, remark, ran };
}

const says = (text: string, status: number): string[] => ['sh', '-c', `echo "${text}" >&2; exit ${status}`];
const hold = (host: string, ...argvs: string[][]): Step =>
  step({ kind: 'hold', host, title: 'Hold', commands: argvs.map((argv) => ({ host, argv })), essential: false });

describe.skipIf(process.platform === 'win32')('steps that do not wait for each other', () => {
  test('take one round trip, are all done though some fail, and each says why', async () => {
    const { own, collect, remark, ran } = commands();
    const [fine, already, fails] = [
      hold('laptop', ['true'], says('a remark', 0)),
      hold('laptop', says("cannot hold snapshot 'tank/home@a': tag already exists on this dataset", 1)),
      hold('laptop', says("cannot hold snapshot 'tank/home@x': dataset does not exist", 1), ['true']),
    ];
    const failures = await own.performTogether(plan, [fine, already, fails]);
    expect([...failures]).toEqual([[fails, expect.objectContaining({ message: expect.stringContaining('Hold') })]]);
    expect(failures.get(fails)?.stderr.source).toContain('dataset does not exist');
    expect(collect).toHaveBeenCalledTimes(1);
    expect(ran).toHaveLength(5);
    expect(remark.mock.calls).toEqual([['laptop', 'a remark', 'info']]);
  });

  test('nothing is let go of before what takes its place is held', async () => {
    const { own, collect, ran } = commands();
    const release = (copy: string): Step => ({
      ...step({
        kind: 'release',
        host: 'laptop',
        title: 'Release',
        commands: [{ host: 'laptop', argv: ['true', copy] }],
        essential: false,
      }),
      copy: ds(copy),
    });
    const [full, fine] = [
      { ...hold('laptop', says('cannot hold: out of space', 1)), copy: ds('backup/full') },
      { ...hold('laptop', ['true']), copy: ds('backup/fine') },
    ];
    const [kept, gone] = [release('backup/full'), release('backup/fine')];
    const failures = await own.performTogether(plan, [full, kept, fine, gone]);
    expect([...failures.keys()]).toEqual([full, kept]);
    expect(failures.get(kept)?.code).toBe('still-needed');
    expect(ran).toContainEqual(['true', 'backup/fine']);
    expect(ran).not.toContainEqual(['true', 'backup/full']);
    expect(collect).toHaveBeenCalledTimes(2);
  });

  test('nor where the hold before the stream was refused, until one is made', async () => {
    const { own, ran } = commands();
    const release = { ...hold('laptop', ['true', 'go']), kind: 'release' as const };
    await own.performTogether(plan, [hold('laptop', says('cannot hold: out of space', 1))]);
    const failures = await own.performTogether(plan, [release]);
    expect(failures.get(release)?.code).toBe('still-needed');
    expect(ran).not.toContainEqual(['true', 'go']);
    await own.performTogether(plan, [hold('laptop', ['true'])]);
    expect((await own.performTogether(plan, [release])).size).toBe(0);
    expect(ran).toContainEqual(['true', 'go']);
  });

  test('a host that is lost fails its own alone', async () => {
    const { own } = commands();
    const [here, there] = [hold('laptop', ['true']), hold('nas', ['true'])];
    expect([...(await own.performTogether(plan, [here, there]))]).toEqual([[there, LOST]]);
  });
});

describe.skipIf(process.platform === 'win32')('the commands of one step', () => {
  test('end with the first that fails', async () => {
    const { own, ran } = commands();
    const failing = hold('laptop', ['true'], says('no', 3), ['true']);
    await expect(own.perform(plan, failing)).rejects.toMatchObject({ lineLost: false });
    expect(ran).toEqual(failing.commands.slice(0, 2).map(({ argv }) => argv));
  });
});
