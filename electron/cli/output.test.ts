/** The command line on the practice hosts, its output read by somebody who leaves: `… | head`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { programOnPractice } from './testing/program.ts';

const program = programOnPractice();

function sluice(...args: readonly string[]) {
  const child = program.start(args, (node, argv) => spawn(node, argv, { stdio: ['ignore', 'pipe', 'pipe'] }));
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      said[name] += String(chunk);
    });
  }
  return { child, said, ended: once(child, 'close') };
}

describe('a run of which nobody reads the rest', { timeout: 180_000 }, () => {
  const slow = ['run', 'laptop:tank/home', 'backupbox:backup/new', '--yes', '--limit', '1M'];

  async function expectResumable(): Promise<void> {
    const { said, ended } = sluice('runs', '--json');
    expect(await ended).toEqual([0, null]);
    expect(JSON.parse(said.stdout)).toMatchObject([{ status: 'interrupted', resumable: true }]);
  }

  test.each([
    ['events', ['--json']],
    ['text', []],
  ])('as %s is interrupted in order', async (_, options) => {
    const { child, said, ended } = sluice(...slow, ...options);
    await vi.waitUntil(() => said.stdout.split('\n').length > 2, { timeout: 120_000 });
    child.stdout.destroy();
    expect(await ended).toEqual([3, null]);
    expect(said.stderr).not.toMatch(/EPIPE|node:/);
    await expectResumable();
  });

  test.each(['SIGHUP', 'SIGTERM'] as const)(
    'and that is told to end by %s, is interrupted in order',
    async (signal) => {
      const { child, said, ended } = sluice(...slow, '--json');
      await vi.waitUntil(() => said.stdout.includes('"progress"'), { timeout: 120_000 });
      child.kill(signal);
      expect(await ended).toEqual([3, null]);
      await expectResumable();
    },
  );

  test('on stderr can still be interrupted, and its events come to the last one', async () => {
    const { child, said, ended } = sluice(...slow, '--json');
    await vi.waitUntil(() => said.stdout.includes('"progress"'), { timeout: 120_000 });
    child.stderr.destroy();
    child.kill('SIGINT');
    expect(await ended).toEqual([3, null]);
    expect(JSON.parse(said.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      event: 'finished',
      status: 'interrupted',
    });
    await expectResumable();
  });
});

test.each(['runs --json', 'runs', 'hosts list --json', '--help', 'plan laptop:tank/home backupbox:backup/new'])(
  '%s ends quietly if nobody reads what it says',
  { timeout: 120_000 },
  async (line) => {
    const { child, said, ended } = sluice(...line.split(' '));
    child.stdout.destroy();
    expect(await ended).toEqual([141, null]);
    expect(said.stderr.replace('Practice hosts: simulated, inside this program.\n', '')).toBe('');
  },
);
