import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine, type Engine } from './engine.ts';

let folder: string;
let engine: Engine;
const open = async (practice: boolean) => {
  engine = await createEngine({ stateDir: folder, practice, shell: 'browser' });
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-desk-'));
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the practice hosts through the engine', () => {
  it('tell their stories', async () => {
    await open(true);
    const stories = engine.practice.stories();
    expect(stories.map(({ id }) => id)).toEqual([
      'laptop-home',
      'office-server',
      'backup-diverged',
      'disk-nearly-full',
    ]);
    for (const { lessons } of stories) expect(lessons.length).toBeGreaterThan(1);
  });

  it('offer the office once it is asked for, reached as a user with sudo', async () => {
    await open(true);
    expect(engine.hosts.list().map(({ name }) => name)).toEqual(['laptop', 'backupbox']);
    await engine.practice.addOffice();
    await engine.practice.addOffice();
    expect(engine.hosts.list().map(({ name }) => name)).toEqual(['laptop', 'backupbox', 'office']);
    const tree = await engine.tree('office');
    expect(tree.datasets.map(({ name }) => name)).toContain('srv/staff/payroll');
    expect(engine.hosts.get('office').address).toMatchObject({ user: 'admin' });
    // What is run there is root's, through sudo.
    expect(tree.root).toBe(true);
  });

  it('are put back by a reset', async () => {
    await open(true);
    await engine.practice.break('fill-pool', 'backupbox');
    const left = async () => (await engine.tree('backupbox')).datasets.find(({ name }) => name === 'backup')?.available;
    expect(await left()).toBeLessThanOrEqual(1024 * 1024);
    await engine.practice.reset();
    expect(await left()).toBeGreaterThan(1024 * 1024 * 1024);
  });

  it('name the hosts there are when another is to be broken', async () => {
    await open(true);
    await expect(engine.practice.break('cut-line', 'nas')).rejects.toMatchObject({ failure: { code: 'host-unknown' } });
  });

  it('are none where real hosts are', async () => {
    await open(false);
    expect(() => engine.practice.stories()).toThrow('no practice hosts');
    await expect(engine.practice.reset()).rejects.toMatchObject({ failure: { code: 'not-practice' } });
  });
});
