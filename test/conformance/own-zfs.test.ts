/**
 * The scenarios on the tester's own ZFS, only where `SLUICE_SCRATCH_POOL` names a pool that may be written to: two small
 * pools in files are made inside it and removed again; nothing else in it, and no other pool, is touched. Needs root.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Outcome, playAll } from './play.ts';
import { realSystem } from './real-system.ts';
import { writeReport } from './report.ts';
import { scenarios } from './scenarios/index.ts';

const run = promisify(execFile);
const POOL = process.env.SLUICE_SCRATCH_POOL;
const POOLS = { source: 'sluice-conf-src', destination: 'sluice-conf-dst' };
const POOL_BYTES = '512M';
const LONGEST_MS = 900_000;

const zfs = async (...argv: string[]): Promise<string> => (await run('zfs', argv)).stdout.trim();

/** As `sh -s` on a host of the lab. */
function script(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('sh', ['-s'], { maxBuffer: 64 * 1024 * 1024 }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
    child.stdin?.end(text);
  });
}

function ownZfs(): void {
  const folder = `${POOL}/sluice-conformance`;
  let outcomes: readonly Outcome[];

  beforeAll(async () => {
    await zfs('create', folder);
    const place = await zfs('get', '-H', '-o', 'value', 'mountpoint', folder);
    for (const name of Object.values(POOLS)) {
      const file = join(place, `${name}.img`);
      await run('truncate', ['-s', POOL_BYTES, file]);
      await run('zpool', ['create', '-m', `/${name}`, name, file]);
    }
    const name = (await zfs('version')).split('\n')[0] ?? 'own ZFS';
    const system = realSystem({
      name,
      dialect: 'openzfs',
      pools: POOLS,
      mounts: '',
      delegate: 'nobody',
      script,
    });
    outcomes = await playAll(system, scenarios);
    writeReport(name, scenarios, outcomes);
  }, LONGEST_MS);

  afterAll(async () => {
    for (const name of Object.values(POOLS)) await run('zpool', ['destroy', name]).catch(() => {});
    await zfs('destroy', folder);
  }, LONGEST_MS);

  test.each(scenarios.map(({ title }, index) => ({ title, index })))('$title', ({ index }) => {
    const outcome = outcomes[index];
    expect(outcome?.kind === 'differs' ? outcome.faults : []).toEqual([]);
  });
}

if (POOL !== undefined) describe('ZFS of this computer', ownZfs);

describe('the opt-in', () => {
  test('is a pool name and nothing else', () => {
    if (POOL === undefined) process.stdout.write('own ZFS: left out: SLUICE_SCRATCH_POOL names no pool\n');
    else expect(POOL).toMatch(/^[A-Za-z][A-Za-z0-9_.:-]*$/);
  });
});
