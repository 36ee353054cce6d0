import { describe, expect, it } from 'vitest';
import { sshHost } from '../model/testing/hosts.ts';
import { emptyNas, laptop, planOf } from '../planning/testing/inventories.ts';
import { accessOf } from './host-access.ts';
import { syncoidCommand, zreplJobs } from './other-tools.ts';

const local = sshHost('laptop', { address: { kind: 'local' } });
const plan = planOf({ source: laptop(['a', 'b']), destination: emptyNas(), request: { limit: 5 * 1024 ** 2 } });

describe('syncoid', () => {
  it('gets the flags, the properties, the rate and the way there', () => {
    const nas = sshHost('nas', {
      address: { kind: 'ssh', user: 'repl', host: 'nas.lan', port: 2222 },
      identityFile: '/home/me/.ssh/id x',
    });
    expect(syncoidCommand({ plan, source: local, destination: nas }).split('\n').at(-2)).toBe(
      "syncoid --no-sync-snap --no-rollback --sendoptions=c '--recvoptions=u o readonly=on o canmount=noauto o setuid=off o devices=off' --sshport=2222 '--sshkey=/home/me/.ssh/id x' --source-bwlimit=5120k tank/home repl@nas.lan:backup/home",
    );
  });

  it('what it cannot do is said', () => {
    const two = {
      plan,
      source: sshHost('laptop', { identityFile: '/a' }),
      destination: sshHost('nas', { identityFile: '/b' }),
    };
    expect(syncoidCommand(two)).toContain('# - the two hosts have different ports or keys');
    const excluding = {
      ...plan,
      request: {
        ...plan.request,
        package: 'replication' as const,
        source: { ...plan.request.source, exclude: [plan.target] },
      },
    };
    const text = syncoidCommand({ plan: excluding, source: local, destination: sshHost('nas') });
    expect(text).toContain(`# - left out here: ${plan.target}`);
    expect(text).toContain('--recursive');
  });
});

describe('zrepl', () => {
  it('gets a job on each side that name each other', () => {
    const text = zreplJobs({ plan, source: local, destination: sshHost('nas') });
    expect(text).toContain('"tank/home": true');
    expect(text).toContain('client_identities: ["laptop"]');
    expect(text).toContain('root_fs: "backup"');
    expect(text).toContain('"readonly": "on"');
    expect(text).toContain('# - the copy is named backup/laptop/tank/home');
  });
});

describe('the way to a host', () => {
  it('names key, port and the hosts between, nearest first', () => {
    const book = [
      sshHost('far', { jump: 'middle', identityFile: '/k' }),
      sshHost('middle', { jump: 'near', address: { kind: 'ssh', user: 'm', host: '::1', port: 22 } }),
      sshHost('near', { address: { kind: 'ssh', user: 'n', host: 'near.lan', port: 2200 } }),
    ];
    const named = (name: string) => book.find((one) => one.name === name) ?? local;
    const [far] = book;
    expect(far && accessOf(far, named)).toMatchObject({
      argv: expect.arrayContaining(['-i', '/k', '-J', 'n@near.lan:2200,m@[::1]:22', '-l', 'root', '-p', '22', 'far']),
    });
  });

  it('is a name of the ssh configuration where the host came from there', () => {
    const found = accessOf(sshHost('nas', { sshAlias: 'my-nas' }), () => local);
    expect(found).toMatchObject({ argv: expect.arrayContaining(['my-nas']) });
    expect(found.kind === 'ssh' && found.argv.includes('-p')).toBe(false);
  });

  it('asks nothing and takes no unknown host key', () => {
    const found = accessOf(sshHost('nas'), () => local);
    expect(found).toMatchObject({ argv: expect.arrayContaining(['BatchMode=yes', 'StrictHostKeyChecking=yes']) });
    expect(accessOf(local, () => local)).toEqual({ kind: 'local' });
  });

  it('hosts that are each other’s jump end somewhere', () => {
    const [a, b] = [sshHost('a', { jump: 'b' }), sshHost('b', { jump: 'a' })];
    expect(accessOf(a, (name) => (name === 'b' ? b : a)).kind).toBe('ssh');
  });
});
