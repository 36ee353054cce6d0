import { beforeEach, describe, expect, it } from 'vitest';
import { type PracticeDialect, PracticeDialectSchema } from '../../../shared/model/practice.ts';
import { describeZfs } from '../../../shared/zfs/capabilities.ts';
import { addPool } from '../model/datasets.ts';
import type { System } from '../shell/process.ts';
import { run, testSystem } from '../testing/host.ts';

function hostOf(dialect: PracticeDialect): System {
  const system = testSystem('other', undefined, dialect);
  addPool(system.machine, 'tank', 256 * 1024 * 1024);
  addPool(system.machine, 'dst', 256 * 1024 * 1024);
  return system;
}

async function seen(dialect: PracticeDialect) {
  const system = hostOf(dialect);
  const version = await run(system, 'zfs version');
  return describeZfs({
    uname: (await run(system, 'uname -srv')).stdout,
    zfsVersion: { status: version.status ?? 255, stdout: version.stdout },
    sendUsage: (await run(system, 'zfs send')).stderr,
    receiveUsage: (await run(system, 'zfs receive')).stderr,
  });
}

describe('what a practice host pretends to be is what Sluice takes it for', () => {
  it.each([
    ['openzfs-2.3', 'openzfs', true],
    ['openzfs-0.8', 'openzfs', true],
    ['illumos', 'illumos', true],
    ['solaris-11.4', 'solaris', false],
    ['legacy', 'legacy', false],
  ] as const)('%s', async (dialect, taken, tokens) => {
    const zfs = await seen(dialect);
    expect(zfs?.dialect).toBe(taken);
    expect([zfs?.capabilities.send.includes('t'), zfs?.capabilities.receive.includes('s')]).toEqual([tokens, tokens]);
  });

  it('all are looked at here', () => expect(PracticeDialectSchema.options).toHaveLength(5));
});

describe('the old tools', () => {
  it.each(['zfs list -Hp tank', 'zfs send -c tank@1', 'zfs receive -s tank/x', 'zfs version', 'zfs get written tank'])(
    'refuse %s',
    async (command) => {
      const { status, stderr } = await run(hostOf('legacy'), command);
      expect(status).toBe(2);
      expect(stderr).toContain('usage:');
    },
  );
});

describe('Solaris', () => {
  let system: System;
  const zfs = async (...commands: string[]) => {
    for (const command of commands)
      expect([command, (await run(system, `zfs ${command}`)).stderr]).toEqual([command, '']);
  };
  const names = async (where: string) =>
    (await run(system, `zfs list -H -o name -t all -r ${where}`)).stdout.trim().split('\n');

  // The documented example: clones inside the tree and one whose origin is outside it.
  beforeEach(async () => {
    system = hostOf('solaris-11.4');
    await zfs('create tank/a', 'create tank/a/1', 'snapshot tank/a/1@clone', 'create tank/b');
    await zfs('clone tank/a/1@clone tank/b/1', 'snapshot tank/b/1@clone2', 'clone tank/b/1@clone2 tank/b/2');
    await zfs('snapshot -r tank/b@pre-send', 'snapshot -r tank/b@send');
  });

  it('-r sends the snapshot asked for and the origins of clones, and needs what is outside', async () => {
    await zfs('create dst/a', 'send tank/a/1@clone | zfs receive dst/a/1', 'send -r tank/b@send | zfs receive dst/b');
    expect(await names('dst/b')).toEqual([
      'dst/b',
      'dst/b@send',
      'dst/b/1',
      'dst/b/1@clone2',
      'dst/b/1@send',
      'dst/b/2',
      'dst/b/2@send',
    ]);
    expect((await run(system, 'zfs get -H -o value origin dst/b/1 dst/b/2')).stdout).toBe(
      'dst/a/1@clone\ndst/b/1@clone2\n',
    );
  });

  it('-rc needs nothing from outside', async () => {
    await zfs('send -rc tank/b@send | zfs receive dst/b');
    expect((await run(system, 'zfs get -H -o value origin dst/b/1 dst/b/2')).stdout).toBe('-\ndst/b/1@clone2\n');
  });
});
