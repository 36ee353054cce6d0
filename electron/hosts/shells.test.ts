import { describe, expect, it } from 'vitest';
import { type Failure, failure, SluiceError } from '../../shared/model/failure.ts';
import { type Host, type HostParts, thisComputer } from '../../shared/model/host.ts';
import { sshHost } from '../../shared/model/testing/hosts.ts';
import { askNobody, type Shell, type SshTarget, targetOf } from '../ssh/index.ts';
import { ShellPool } from './shells.ts';

const host = (parts: Partial<HostParts> = {}): Host => sshHost('nas', parts);

const get = async (pool: ShellPool, of: Host) => await pool.get(of.name, targetOf(of));

class FakeShell implements Shell {
  readonly closed: Promise<Failure | null>;
  end!: (why: Failure | null) => void;
  isClosed = false;

  constructor() {
    this.closed = new Promise((resolve) => {
      this.end = (why) => {
        this.isClosed = true;
        resolve(why);
      };
    });
  }
  start(): never {
    throw new Error('not part of this test');
  }
  collect(): never {
    throw new Error('not part of this test');
  }
  lines(): never {
    throw new Error('not part of this test');
  }
  async close(): Promise<void> {
    this.end(null);
  }
}

function fakeNetwork() {
  const made: { target: SshTarget | null; shell: FakeShell }[] = [];
  const pool = new ShellPool(askNobody, async (target) => {
    await Promise.resolve();
    const shell = new FakeShell();
    made.push({ target, shell });
    return shell;
  });
  return { made, pool };
}

describe('the pool of control connections', () => {
  it('opens one connection for callers at the same time and later', async () => {
    const { made, pool } = fakeNetwork();
    const [one, two] = await Promise.all([get(pool, host()), get(pool, host())]);
    expect(one).toBe(two);
    expect(await get(pool, host())).toBe(one);
    expect(made).toHaveLength(1);
    expect(made[0]?.target).toMatchObject({ hostName: 'nas', user: 'root', hostKey: host().hostKey });
  });

  it('connects again after the connection was lost', async () => {
    const { made, pool } = fakeNetwork();
    const first = await get(pool, host());
    made[0]?.shell.end(failure({ code: 'connection-lost', message: '' }));
    await first.closed;
    expect(await get(pool, host())).not.toBe(first);
    expect(made).toHaveLength(2);
  });

  it('does not remember a failed attempt', async () => {
    let attempts = 0;
    const pool = new ShellPool(askNobody, async () => {
      attempts += 1;
      if (attempts === 1) throw new SluiceError({ code: 'connection-refused', message: '' });
      return new FakeShell();
    });
    await expect(Promise.all([get(pool, host()), get(pool, host())])).rejects.toMatchObject({
      failure: { code: 'connection-refused' },
    });
    expect(attempts).toBe(1);
    await get(pool, host());
    expect(attempts).toBe(2);
  });

  it('drops the connection when the book says the host is elsewhere or has another key', async () => {
    const { made, pool } = fakeNetwork();
    await get(pool, host());
    await get(pool, host({ hostKey: `SHA256:${'b'.repeat(43)}` }));
    expect(made.map(({ shell }) => shell.isClosed)).toEqual([true, false]);
  });

  it('reaches this computer without SSH', async () => {
    const { made, pool } = fakeNetwork();
    await get(pool, thisComputer);
    expect(made[0]?.target).toBeNull();
  });

  it('refuses a host without a pinned key before connecting', async () => {
    const { made, pool } = fakeNetwork();
    await expect(get(pool, host({ hostKey: null }))).rejects.toMatchObject({ failure: { code: 'host-key-unknown' } });
    expect(made).toEqual([]);
  });

  it('closes all of them, also one that is still connecting', async () => {
    const { made, pool } = fakeNetwork();
    await get(pool, host());
    const connecting = get(pool, host({ name: 'other' }));
    await pool.closeAll();
    await connecting;
    expect(made.map(({ shell }) => shell.isClosed)).toEqual([true, true]);
  });
});
