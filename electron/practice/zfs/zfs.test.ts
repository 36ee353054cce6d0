/** What no recording of OpenZFS can show at will: things that happen at the same time, and limits. */
import { beforeEach, describe, expect, it } from 'vitest';
import { collectingSink, pipe, type Source } from '../io.ts';
import { addDataset, addPool, edit } from '../model/datasets.ts';
import { takeSnapshots } from '../model/snapshots.ts';
import { runCommandLine } from '../shell/login.ts';
import type { System } from '../shell/process.ts';
import { run, testSystem } from '../testing/host.ts';

const MIB = 1024 * 1024;

let system: System;

beforeEach(() => {
  system = testSystem('zfs');
  const { machine } = system;
  const { pool } = addPool(machine, 'tank', 4096 * MIB);
  addPool(machine, 'small', 40 * MIB);
  const dataset = addDataset(machine, pool, { name: 'tank/a', kind: 'filesystem' });
  for (const label of ['1', '2']) {
    edit(machine, dataset, (editor) => {
      const id = editor.newId();
      editor.write(id, { offset: 0, length: 30 * MIB, seed: id, start: 0 });
    });
    takeSnapshots(machine, [{ dataset, label }]);
  }
});

/** A receive that has had the stream's first part and waits for the rest. */
async function half(receive: string, send: string): Promise<{ finish: () => Promise<unknown> }> {
  const sent = pipe();
  const stderr = collectingSink();
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let passed = 0;
  const stdin: Source = {
    async read() {
      if (passed > 4 * MIB) await gate;
      const chunk = await sent.source.read();
      passed += chunk?.length ?? 0;
      return chunk;
    },
  };
  const nothing = { read: () => Promise.resolve(null) };
  const sending = runCommandLine(system, `/usr/sbin/${send}`, { stdin: nothing, stdout: sent.sink, stderr });
  void sending.ending.then(() => sent.sink.close());
  const receiving = runCommandLine(system, `/usr/sbin/${receive}`, { stdin, stdout: collectingSink(), stderr });
  while (passed <= 4 * MIB) await new Promise((resolve) => setImmediate(resolve));
  return {
    finish: async () => {
      open();
      return { ...(await receiving.ending), stderr: stderr.text() };
    },
  };
}

describe('while a receive is under way', () => {
  it('its new dataset is listed, busy, and not another receive’s to take', async () => {
    const receiving = await half('zfs receive -s -u tank/b', 'zfs send tank/a@1');
    expect((await run(system, 'zfs list -H -o name,mounted tank/b')).stdout).toBe('tank/b\tno\n');
    expect((await run(system, 'zfs get -H -o value receive_resume_token tank/b')).stdout).toMatch(/^1-/);
    expect((await run(system, 'zfs send tank/a@1 | zfs receive -u tank/b')).stderr).toBe(
      "cannot receive new filesystem stream: destination 'tank/b' exists\nmust specify -F to overwrite it\n",
    );
    expect((await run(system, 'zfs destroy tank/b')).stderr).toBe("cannot destroy 'tank/b': dataset is busy\n");
    expect((await run(system, 'zfs receive -A tank/b')).stderr).toBe("cannot destroy 'tank/b': dataset is busy\n");
    expect(await receiving.finish()).toEqual({ status: 0, stderr: '' });
    expect((await run(system, 'zfs list -H -t all -o name -r tank/b')).stdout).toBe('tank/b\ntank/b@1\n');
  });

  it('an increment leaves its dataset usable, and its base where it is', async () => {
    await run(system, 'zfs send tank/a@1 | zfs receive -u tank/b');
    const receiving = await half('zfs receive -s -u tank/b', 'zfs send -i @1 tank/a@2');
    expect((await run(system, 'zfs get -Hp -o value written tank/b')).stdout).toBe('0\n');
    const { stdout } = await run(system, 'zfs get -Hp -o value usedbychildren tank/b');
    expect(Number(stdout)).toBeGreaterThan(3 * MIB);
    expect((await run(system, 'zfs send -i @1 tank/a@2 | zfs receive -u tank/b')).stderr).toBe(
      'cannot receive incremental stream: dataset is busy\n',
    );
    expect((await run(system, 'zfs destroy tank/b@1')).stderr).toBe(
      "cannot destroy 'tank/b@1': snapshot has dependent clones\nuse '-R' to destroy the following datasets:\ntank/b/%recv\n",
    );
    expect(await receiving.finish()).toEqual({ status: 0, stderr: '' });
  });

  it('the source’s snapshot may go: what is being sent is still there', async () => {
    const receiving = await half('zfs receive -u tank/b', 'zfs send tank/a@1');
    expect((await run(system, 'zfs destroy tank/a@1')).status).toBe(0);
    expect(await receiving.finish()).toEqual({ status: 0, stderr: '' });
  });
});

describe('space', () => {
  it('that runs out ends a receive; with -s what came stays, and can be thrown away', async () => {
    expect(await run(system, 'zfs send tank/a@1 | zfs receive -u small/b')).toEqual({
      status: 1,
      stdout: '',
      stderr: 'cannot receive new filesystem stream: out of space\n',
    });
    expect((await run(system, 'zfs list small/b')).status).toBe(1);
    expect((await run(system, 'zfs send tank/a@1 | zfs receive -s -u small/b')).stderr).toBe(
      'cannot receive new filesystem stream: out of space\n',
    );
    expect(Number((await run(system, 'zfs get -Hp -o value used small/b')).stdout)).toBeGreaterThan(8 * MIB);
    expect((await run(system, 'zfs receive -A small/b')).status).toBe(0);
    expect((await run(system, 'zfs list small/b')).status).toBe(1);
  });
});

describe('what the practice hosts do not have', () => {
  it.each(['-b', '-h'])('zfs send %s says so', async (option) => {
    expect(await run(system, `zfs send ${option} tank/a@1`)).toEqual({
      status: 1,
      stdout: '',
      stderr: `zfs send: the practice hosts do not have the option ${option}\n`,
    });
  });

  it('a verb that is not there is unrecognized', async () => {
    const { status, stderr } = await run(system, 'zfs project tank/a');
    expect([status, stderr.split('\n')[0]]).toEqual([2, "unrecognized command 'project'"]);
  });
});

describe('a clone', () => {
  it('is sent as what it has beyond its origin, and received as a clone where the origin is', async () => {
    await run(system, 'zfs clone tank/a@1 tank/c; zfs snapshot tank/c@x');
    await run(system, 'zfs create tank/copies; zfs send tank/a@1 | zfs receive -u tank/copies/a');
    const send = 'zfs send -i tank/a@1 tank/c@x';
    expect((await run(system, `${send} | zfs receive -v -u -o origin=tank/copies/a@1 tank/copies/c`)).stdout).toMatch(
      /^using provided clone origin tank\/copies\/a@1\nreceiving incremental stream of tank\/c@x into tank\/copies\/c@x\n/,
    );
    expect((await run(system, 'zfs get -H -o value origin tank/copies/c')).stdout).toBe('tank/copies/a@1\n');
    expect((await run(system, 'zfs get -Hp -o value used tank/copies/c')).stdout).toBe('0\n');
  });
});
