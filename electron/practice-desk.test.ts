import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LessonSchema, type PracticeDialects, StorySchema } from '../shared/model/practice.ts';
import { createEngine, type Engine } from './engine.ts';

let folder: string;
let engine: Engine;
const open = async (practice: boolean, practiceDialects: PracticeDialects = {}) => {
  engine = await createEngine({ stateDir: folder, practice, practiceDialects, shell: 'browser' });
};
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-desk-'));
});
afterEach(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

describe('the practice hosts through the engine', () => {
  it('tell their stories, of datasets that are there, and of copies where they are to be', async () => {
    await open(true);
    await engine.practice.addOffice();
    const names = new Map<string, readonly string[]>();
    for (const { host } of engine.practice.hosts())
      names.set(
        host,
        (await engine.tree(host)).datasets.map(({ name }) => name),
      );
    const stories = engine.practice.stories();
    expect(stories.map(({ id }) => id)).toEqual(StorySchema.shape.id.options);
    expect(stories.flatMap(({ lessons }) => lessons.map(({ id }) => id)).sort()).toEqual(
      [...LessonSchema.shape.id.options].sort(),
    );
    for (const { host, pool, lessons } of stories) {
      expect(names.get(host)).toContain(pool);
      for (const { source, copy } of lessons) {
        expect(names.get(source.host)).toContain(source.dataset);
        if (copy !== null) expect([copy, names.get(copy.host)?.includes(copy.dataset)]).toEqual([copy, copy.exists]);
      }
    }
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

  it('say what was broken and where, and are put back by a reset', async () => {
    await open(true);
    expect(await engine.practice.break('fill-pool', 'backupbox')).toMatchObject({ touched: ['backup', 'old-disk'] });
    expect(await engine.practice.break('modify-destination', 'laptop')).toMatchObject({ touched: [] });
    expect(engine.practice.hosts().map(({ broken }) => broken.map(({ what }) => what))).toEqual([
      ['modify-destination'],
      ['fill-pool'],
    ]);
    const left = async () => (await engine.tree('backupbox')).datasets.find(({ name }) => name === 'backup')?.available;
    expect(await left()).toBeLessThanOrEqual(1024 * 1024);
    await engine.practice.reset();
    expect(await left()).toBeGreaterThan(1024 * 1024 * 1024);
    expect(engine.practice.hosts().map(({ broken }) => broken)).toEqual([[], []]);
  });

  it('speak as another ZFS when told to, over a reset as well', async () => {
    await open(true, { laptop: 'legacy' });
    expect((await engine.tree('laptop')).zfs.dialect).toBe('legacy');
    for (const [dialect, taken] of [
      ['solaris-11.4', 'solaris'],
      ['illumos', 'illumos'],
      ['openzfs-0.8', 'openzfs'],
    ] as const) {
      await engine.practice.setDialect('laptop', dialect);
      const { zfs, datasets } = await engine.tree('laptop');
      expect([dialect, zfs.dialect]).toEqual([dialect, taken]);
      expect(datasets.map(({ name }) => name)).toContain('tank/projects-try');
    }
    await engine.practice.reset();
    expect(engine.practice.hosts().map(({ dialect }) => dialect)).toEqual(['openzfs-0.8', 'openzfs-2.3']);
  });

  it('name the hosts there are when another is to be broken', async () => {
    await open(true);
    await expect(engine.practice.break('cut-line', 'nas')).rejects.toMatchObject({ failure: { code: 'host-unknown' } });
  });

  it('are none where real hosts are, but can be opened beside them', async () => {
    await open(false);
    expect(() => engine.practice.stories()).toThrow('no practice hosts');
    await expect(engine.practice.reset()).rejects.toMatchObject({ failure: { code: 'not-practice' } });
    await expect(engine.practice.open()).rejects.toMatchObject({ failure: { code: 'practice-elsewhere' } });
    await engine.close();
    engine = await createEngine({
      stateDir: folder,
      practice: false,
      shell: 'browser',
      openPractice: async () => 'http://127.0.0.1:1/#one',
    });
    expect(await engine.practice.open()).toBe('http://127.0.0.1:1/#one');
  });

  it('are not opened twice', async () => {
    await open(true);
    await expect(engine.practice.open()).rejects.toMatchObject({ failure: { code: 'practice-already' } });
  });
});
