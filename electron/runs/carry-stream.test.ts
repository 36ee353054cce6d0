/** What the end of a stream means, where this computer's own ssh carries it. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Step } from '../../shared/model/plan.ts';
import { sshHost } from '../../shared/model/testing/hosts.ts';
import { step } from '../../shared/planning/step.ts';
import { laptop } from '../../shared/planning/testing/inventories.ts';
import { describeWithSshd } from '../../test/sshd/describe.ts';
import { type Sshd, startSshd } from '../../test/sshd/sshd.ts';
import type { Reached } from '../hosts/reached.ts';
import { askNobody, localShell } from '../ssh/index.ts';
import { carryStream } from './carry-stream.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describeWithSshd('a stream by the system’s own ssh', () => {
  let sshd: Sshd;
  beforeAll(async () => {
    sshd = await startSshd();
  });
  afterAll(() => sshd.stop());

  const end = (name: string): Reached => ({
    host: sshHost(name),
    shell: localShell(),
    tools: { zfs: laptop(['a']).zfs, elevation: [], root: true },
    target: sshd.target({ system: true, hostName: name }),
    ask: askNobody,
  });
  const sends = (send: string, receive: string): Step =>
    step({
      kind: 'send-receive',
      host: 'laptop',
      title: 'Send',
      commands: [
        { host: 'laptop', argv: ['sh', '-c', send] },
        { host: 'nas', argv: ['sh', '-c', receive] },
      ],
    });
  const carried = (send: string, receive: string) =>
    carryStream(sends(send, receive), 'relay', { source: end('laptop'), destination: end('nas'), agent: null }, null, {
      onMeter: () => {},
      onStream: () => {},
    });

  test('fails for good where the receive does, which ends a send that cannot tell its own end', async () => {
    const receive = 'head -c 1000000 >/dev/null; echo "cannot receive new filesystem stream: out of space" >&2; exit 1';
    expect(await carried('head -c 2000000 /dev/zero; exec sleep 300', receive)).toMatchObject({
      fault: { code: 'no-space', kind: 'permanent' },
      lineLost: false,
    });
  });

  test('fails for good where the send does, which ends a receive that waits for more', async () => {
    const send = 'echo "cannot open \'tank/home@a\': dataset does not exist" >&2; exit 1';
    expect(await carried(send, 'exec cat >/dev/null')).toMatchObject({ fault: { kind: 'permanent' }, lineLost: false });
  });
});
