import { describe, expect, test } from 'vitest';
import { wireCommand, wireEndOrphan } from '../../shared/zfs/wire.ts';
import { type Sshd, sshdUnavailableReason, startSshd } from '../../test/sshd/sshd.ts';
import { connectSsh, localShell, type Shell } from '../ssh/index.ts';
import { lives } from '../ssh/testing/processes.ts';

const noSshd = sshdUnavailableReason();
if (noSshd !== null) console.warn(`Orphans are not tested over SSH: ${noSshd}.`);

const argv = ['sh', '-c', 'exec sleep 3600', "it's mine"];

async function start(shell: Shell) {
  const { promise, resolve } = Promise.withResolvers<number>();
  const running = await shell.start(wireCommand(argv), { onPid: resolve });
  running.stdout.resume();
  return { running, pid: await promise };
}

describe.skipIf(process.platform === 'win32')('what a lost line has left running', { timeout: 60_000 }, () => {
  test('is ended if it still is what it was', async () => {
    const shell = localShell();
    const { running, pid } = await start(shell);
    expect((await shell.collect(wireEndOrphan(pid, argv))).status).toBe(0);
    expect(await running.exit).not.toMatchObject({ status: 0 });
    await shell.close();
  });

  test('is left alone if the pid is another command’s by now, or nobody’s', async () => {
    const shell = localShell();
    const { running, pid } = await start(shell);
    expect((await shell.collect(wireEndOrphan(pid, ['zfs', 'receive', 'tank/x']))).status).toBe(0);
    expect((await shell.collect(wireEndOrphan(process.pid, argv))).status).toBe(0);
    expect(lives(pid)).toBe(true);
    running.kill();
    await running.exit;
    expect((await shell.collect(wireEndOrphan(pid, argv))).status).toBe(0);
    await shell.close();
  });

  test.skipIf(noSshd !== null)('over SSH its dead connection goes with it', async () => {
    const sshd: Sshd = await startSshd();
    const [lost, other] = await Promise.all([connectSsh(sshd.target()), connectSsh(sshd.target())]);
    const { running, pid } = await start(lost);
    await other.collect(wireEndOrphan(pid, argv));
    // Its own end may still get through before the connection goes.
    expect(await running.exit).not.toMatchObject({ status: 0, lost: null });
    expect(await lost.closed).not.toBeNull();
    await other.close();
    await sshd.stop();
  });

  test.each([0, 1, -5, 1.5])('%d is no pid of a command', (pid) => {
    expect(() => wireEndOrphan(pid, argv)).toThrow(RangeError);
  });
});
