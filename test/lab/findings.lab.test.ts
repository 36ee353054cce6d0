/** Every preflight finding that can be provoked on OpenZFS, and the first way out that it offers, taken. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine, type Engine } from '../../electron/engine.ts';
import type { Finding, Plan } from '../../shared/model/plan.ts';
import { defaultOptions, plainSource, type ReplicationRequest, RequestSchema } from '../../shared/model/request.ts';
import { connectLab, type LabHost } from './lab.ts';
import { Sluice } from './sluice.ts';

let alpha: LabHost;
let beta: LabHost;
let sluice: Sluice;
let engine: Engine;

const KEY = 'keylocation=file:///root/plf.key -o keyformat=passphrase -o encryption=on';
const POOLS = ['plfb', 'plfold', 'plfro', 'plfdeg', 'plfsus'];

const AT_ALPHA = `
echo correct-horse >/root/plf.key
zfs create plfa/home; for s in a b c; do echo $s >/plfa/home/$s; zfs snapshot plfa/home@$s; done
zfs create plfa/empty; zfs create -o canmount=off -o mountpoint="$(printf '/a\\tb')" plfa/odd
zfs create plfa/twisted; for s in a c b; do echo $s >/plfa/twisted/$s; zfs snapshot plfa/twisted@$s; done
zfs create plfa/big; dd if=/dev/urandom of=/plfa/big/x bs=1M count=5; zfs snapshot plfa/big@a
zfs create -o ${KEY} plfa/secret; echo x >/plfa/secret/x; zfs snapshot plfa/secret@a; echo y >/plfa/secret/y; zfs snapshot plfa/secret@b
zfs create -o ${KEY} plfa/locked; zfs snapshot plfa/locked@a; zfs unmount plfa/locked; zfs unload-key plfa/locked
zfs create plfa/tree; zfs create plfa/tree/in; zfs create plfa/outside; zfs snapshot plfa/outside@o; zfs clone plfa/outside@o plfa/tree/clone
zfs snapshot -r plfa/tree@t; zfs create plfa/tree/late
zfs create -o dnodesize=1k plfa/wide; echo x >/plfa/wide/x; zfs snapshot plfa/wide@a
zfs create plfa/one; zfs create plfa/one/same; zfs create plfa/two; zfs create plfa/two/same; zfs snapshot -r plfa/one@s; zfs snapshot -r plfa/two@s
`;

/** What comes from alpha@a is copied once; GUIDs stay what they are in copies of copies. */
const AT_BETA = `
echo correct-horse >/root/plf.key
copy() { zfs send "plfb/from/$1" | zfs receive -u "plfb/$2"; }
zfs create plfb/exists; echo x >/plfb/exists/x
zfs create plfb/other; zfs snapshot plfb/other@own
copy home@a changed; zfs mount plfb/changed; echo x >/plfb/changed/x
copy home@a diverged; zfs mount plfb/diverged; echo x >/plfb/diverged/x; zfs snapshot plfb/diverged@mine
copy home@a held; zfs mount plfb/held; echo x >/plfb/held/x; zfs snapshot plfb/held@mine; zfs hold keep plfb/held@mine
copy home@a cloned; zfs mount plfb/cloned; echo x >/plfb/cloned/x; zfs snapshot plfb/cloned@mine; zfs clone plfb/cloned@mine plfb/clone
copy home@a aside; zfs mount plfb/aside; echo x >/plfb/aside/x; zfs snapshot plfb/aside@mine
copy home@a back; zfs mount plfb/back; echo x >/plfb/back/x; zfs snapshot plfb/back@mine
zfs create -V 8M plfb/volume
zfs create -o mountpoint=/srv/plf/home plfb/mounted
zfs create -o quota=2M plfb/small
zfs create -o quota=5600K plfb/tight
zfs create plfb/psrc; dd if=/dev/urandom of=/plfb/psrc/x bs=1M count=2; zfs snapshot plfb/psrc@x; zfs send plfb/psrc@x | head -c 1500000 | zfs receive -s plfb/half || true
zfs create -o ${KEY} plfb/vault
zfs create -o ${KEY} plfb/shut; zfs unmount plfb/shut; zfs unload-key plfb/shut
`;

beforeAll(async () => {
  const lab = connectLab();
  alpha = lab.host('alpha');
  beta = lab.host('beta');
  await alpha.pool('plfa', { sizeMb: 200 });
  await beta.pool('plfb', { sizeMb: 200 });
  await beta.pool('plfold', {
    sizeMb: 100,
    poolProperties: { 'feature@encryption': 'disabled', 'feature@large_dnode': 'disabled' },
  });
  await beta.pool('plfro', { sizeMb: 100 });
  await alpha.run(AT_ALPHA);
  const files = beta.poolDirectory;
  await beta.run(
    `zpool export plfro; zpool import -d ${files} -o readonly=on plfro; truncate -s 80M ${files}/plf1 ${files}/plf2; zpool create plfdeg mirror ${files}/plf1 ${files}/plf2; zpool offline plfdeg ${files}/plf2; zfs create plfb/from; truncate -s 80M ${files}/plf3; zpool create plfsus ${files}/plf3`,
  );
  sluice = await Sluice.create();
  for (const host of [alpha, beta]) await sluice.addHost(host);
  engine = await createEngine({ stateDir: sluice.stateDir, practice: false, shell: 'browser' });
  await carryOut(request('home@a', 'plfb/from/home'));
  await carryOut(request('secret@a', 'plfb/sealed'));
  await beta.run(AT_BETA);
}, 600_000);
afterAll(async () => {
  await engine?.close();
  await sluice?.dispose();
  await alpha.run('zpool destroy plfa; rm -f /root/plf.key');
  await beta.run(
    `for p in ${POOLS.join(' ')}; do zpool destroy $p; done; rm -f /root/plf.key ${beta.poolDirectory}/plf[123]*`,
  );
});

type Parts = Omit<Partial<ReplicationRequest>, 'source' | 'destination'> & {
  readonly source?: Partial<ReplicationRequest['source']> | { readonly also?: string[]; readonly exclude?: string[] };
  readonly naming?: ReplicationRequest['destination']['naming'];
};

const mountedAt = (path: string): ReplicationRequest['receive'] => ({
  ...defaultOptions.receive,
  mount: true,
  set: [['mountpoint', path]],
});

/** From `plfa/…` on alpha to a dataset on beta, or on alpha where the name begins with its pool. */
function request(from: string, to: string, { source, naming, ...parts }: Parts = {}): ReplicationRequest {
  const [dataset, label] = from.split('@');
  return RequestSchema.parse({
    ...defaultOptions,
    ...parts,
    source: {
      ...plainSource,
      host: 'alpha',
      dataset: dataset === '' ? 'plfa' : `plfa/${dataset}`,
      snapshot: label ?? null,
      ...source,
    },
    destination: { host: to.startsWith('plfa') ? 'alpha' : 'beta', dataset: to, naming: naming ?? 'exact' },
  });
}

async function planned(asked: ReplicationRequest): Promise<{ id: string; plan: Plan }> {
  return await engine.plan(asked);
}

/** Plans and runs to the end; the run must be done and proved. */
async function carryOut(asked: ReplicationRequest): Promise<void> {
  const { id, plan } = await planned(asked);
  expect(plan.findings.filter(({ severity }) => severity === 'blocks')).toEqual([]);
  if (plan.steps.length === 0) return;
  const run = await engine.start(id, { typedTarget: plan.losses.length > 0 ? plan.target : null, replan: true });
  for await (const event of engine.runs.watch(run)) {
    if (event.event === 'finished')
      expect(event).toMatchObject({ status: 'done', error: null, receipt: { proved: true } });
  }
}

async function provoked(code: string, asked: ReplicationRequest): Promise<Finding> {
  const { plan } = await planned(asked);
  const finding = plan.findings.find((one) => one.code === code);
  if (finding === undefined) throw new Error(`no ${code} among ${plan.findings.map((one) => one.code).join(', ')}`);
  expect(plan.ready).toBe(!plan.findings.some(({ severity }) => severity === 'blocks'));
  return finding;
}

/** The request after the first fix; a command that a person would run is run. */
async function followed(finding: Finding, asked: ReplicationRequest): Promise<ReplicationRequest> {
  const [fix] = finding.fixes;
  if (fix === undefined) throw new Error(`${finding.code} offers nothing`);
  expect(fix.destructive).toBe(false);
  if (fix.command !== undefined) await (fix.command.host === 'alpha' ? alpha : beta).run(fix.command.argv);
  return RequestSchema.parse({ ...asked, ...fix.change });
}

describe('what blocks, and its first way out taken to the end', () => {
  test.each<[string, string, string, Parts?]>([
    ['no-snapshots', 'empty', 'plfb/empty'],
    ['no-such-snapshot', 'home@nope', 'plfb/newest'],
    ['destination-exists', 'home', 'plfb/exists'],
    ['no-common-snapshot', 'home', 'plfb/other'],
    ['destination-changed', 'home', 'plfb/changed'],
    ['destination-diverged', 'home', 'plfb/diverged'],
    ['base-not-at-destination', 'home', 'plfb/fresh', { base: { kind: 'snapshot', label: 'a' as never } }],
    ['no-such-base', 'home', 'plfb/from/home', { base: { kind: 'snapshot', label: 'nope' as never } }],
    ['kind-differs', 'home', 'plfb/volume'],
    ['key-not-loaded', 'locked', 'plfb/locked', { raw: 'no' }],
    ['raw-mixed', 'secret', 'plfb/sealed', { raw: 'no' }],
    ['raw-into-encrypted', 'home', 'plfb/vault/home', { raw: 'yes' }],
    ['destination-key-not-loaded', 'home', 'plfb/shut/home'],
    ['feature-missing', 'secret', 'plfold/secret'],
    ['origin-missing', 'tree@t', 'plfb/tree', { package: 'recursive', source: { exclude: ['plfa/tree/late'] } }],
    ['member-without-snapshot', 'tree@t', 'plfb/tree2', { package: 'self-contained' }],
    [
      'copies-collide',
      'one',
      'plfb/both',
      { naming: 'last-name', source: { also: ['plfa/two/same', 'plfa/one/same'] } },
    ],
    ['snapshot-unnamed', 'empty', 'plfb/unnamed', { source: { take: true } }],
    ['everything-excluded', 'one', 'plfb/one', { package: 'replication', source: { exclude: ['plfa/one'] } }],
    [
      'filter-unusable',
      'home',
      'plfb/filtered',
      {
        package: 'replication',
        filter: { include: [{ kind: 'regex', regex: '(' }], exclude: [], since: null, until: null },
      },
    ],
  ])('%s', { timeout: 120_000 }, async (code, from, to, parts) => {
    const asked = request(from, to, parts);
    const finding = await provoked(code, asked);
    expect(finding.severity).toBe('blocks');
    await carryOut(await followed(finding, asked));
  });

  test('same-name-other-snapshot: renamed there, the update is made', { timeout: 120_000 }, async () => {
    await carryOut(request('twisted@a', 'plfb/twisted'));
    await beta.run('zfs snapshot plfb/twisted@b');
    const { plan } = await planned(request('twisted@c', 'plfb/twisted', { intermediates: false }));
    // An extra snapshot without a change of its own: ZFS takes the stream.
    expect(plan.findings.map(({ code }) => code)).toContain('newer-unchanged');
    await carryOut(request('twisted@c', 'plfb/twisted'));
    const asked = request('twisted@b', 'plfb/twisted');
    await carryOut(await followed(await provoked('same-name-other-snapshot', asked), asked));
  });

  test('goal-older-than-base', { timeout: 120_000 }, async () => {
    await carryOut(request('home@c', 'plfb/only-c'));
    const asked = request('home@b', 'plfb/only-c');
    await carryOut(await followed(await provoked('goal-older-than-base', asked), asked));
  });

  test('partial-does-not-fit', { timeout: 120_000 }, async () => {
    const asked = request('home', 'plfb/half');
    await carryOut(await followed(await provoked('partial-does-not-fit', asked), asked));
  });

  test('renamed-at-source: renamed there too, nothing is sent again', { timeout: 120_000 }, async () => {
    await carryOut(request('two', 'plfb/two', { package: 'replication' }));
    await alpha.run('zfs rename plfa/two/same plfa/two/renamed');
    const asked = request('two', 'plfb/two', { package: 'replication' });
    const { plan } = await planned(await followed(await provoked('renamed-at-source', asked), asked));
    expect(plan.streams).toEqual([]);
  });
});

describe('what blocks or warns, with nothing to follow or another pool to choose', () => {
  test.each<[string, string, string, Parts?]>([
    ['no-such-dataset', 'nope', 'plfb/x'],
    ['no-such-pool', 'home', 'plnone/x'],
    ['source-is-destination', 'home', 'plfa/home'],
    ['destination-contains-source', 'home', 'plfa'],
    ['destination-within-source', 'home', 'plfa/home/copy'],
    ['parent-not-filesystem', 'home', 'plfb/volume/x'],
    ['name-too-long', 'home', `plfb/${'x'.repeat(249)}`],
    ['no-space', 'big', 'plfb/small/big'],
    ['space-tight', 'big', 'plfb/tight/big'],
    ['rollback-held', 'home', 'plfb/held', { onDivergence: 'rollback' }],
    ['rollback-cloned', 'home', 'plfb/cloned', { onDivergence: 'rollback' }],
    ['rolls-back', 'home', 'plfb/back', { onDivergence: 'rollback' }],
    ['pool-read-only', 'home', 'plfro/home'],
    ['pool-degraded', 'home', 'plfdeg/home'],
    ['snapshot-exists', 'home', 'plfb/taken', { source: { take: true, snapshot: 'a' as never } }],
    ['decrypted-copy', 'secret', 'plfb/plain', { raw: 'no' }],
    ['raw-not-encrypted', 'home', 'plfb/rawplain', { raw: 'yes' }],
    ['parent-missing', 'home', 'plfb/p/q/home'],
    ['older-snapshots-stay', 'home', 'plfb/full'],
    ['nothing-to-send', 'home@a', 'plfb/from/home'],
    ['sets-aside', 'home', 'plfb/aside', { onDivergence: 'set-aside' }],
    ['feature-may-be-missing', 'wide', 'plfold/wide'],
    [
      'up-to-origin',
      'tree@t',
      'plfb/grown',
      { package: 'recursive', naming: 'last-name', source: { also: ['plfa/outside'], exclude: ['plfa/tree/late'] } },
    ],
    ['clone-in-full', 'tree/clone@t', 'plfb/clone-alone', { package: 'self-contained' }],
  ])('%s', async (code, from, to, parts) => {
    await provoked(code, request(from, to, parts));
  });
});

describe('what a mounted copy would cover, and the way out', () => {
  test.each<[string, string, string, Parts]>([
    ['mountpoint-covers', 'home', 'plfb/covering', { receive: mountedAt('/srv/plf') }],
    ['mountpoint-shared', 'one@s', 'plfb/shared', { package: 'recursive', receive: mountedAt('/srv/shared') }],
  ])('%s', { timeout: 120_000 }, async (code, from, to, parts) => {
    const asked = request(from, to, parts);
    const finding = await provoked(code, asked);
    expect(finding.severity).toBe('warns');
    await carryOut(await followed(finding, asked));
  });
});

describe('what goes on meanwhile', () => {
  test('clocks-differ', async () => {
    await beta.run('date -s "@$(($(date +%s) + 600))"');
    try {
      expect((await provoked('clocks-differ', request('home', 'plfb/later'))).severity).toBe('notes');
    } finally {
      await beta.run('date -s "@$(($(date +%s) - 600))"');
    }
  });

  test('receive-under-way: said, and gone when that stream has ended', { timeout: 120_000 }, async () => {
    const asked = request('home', 'plfb/busy');
    const waiting = '(sleep 600 & echo $! >/root/plf.sleep; wait) | zfs receive plfb/busy';
    await beta.run(`nohup sh -c '${waiting}' >/dev/null 2>&1 </dev/null &`);
    try {
      const finding = await provoked('receive-under-way', asked);
      expect(finding).toMatchObject({ severity: 'warns', evidence: { command: 'zfs receive plfb/busy' } });
    } finally {
      await beta.run('kill $(cat /root/plf.sleep); rm /root/plf.sleep');
    }
    await carryOut(asked);
  });

  test('copy-writable: said of a copy that is there, until it is read-only', { timeout: 120_000 }, async () => {
    await carryOut(request('home@a', 'plfb/writable', { receive: { ...defaultOptions.receive, readonly: 'leave' } }));
    const asked = request('home@b', 'plfb/writable');
    await followed(await provoked('copy-writable', asked), asked);
    const { plan } = await planned(asked);
    expect(plan.findings.map(({ code }) => code)).not.toContain('copy-writable');
    await carryOut(asked);
  });

  test('flags-frozen: an update of a raw copy that must not be raw', { timeout: 120_000 }, async () => {
    await carryOut(request('home@a', 'plfb/rawly', { raw: 'yes' }));
    const asked = request('home@b', 'plfb/rawly', { raw: 'no' });
    await carryOut(await followed(await provoked('flags-frozen', asked), asked));
  });

  test('resumes: what a cancelled run left is gone on with', { timeout: 120_000 }, async () => {
    const asked = request('big', 'plfb/big');
    const { id } = await planned({ ...asked, limit: 500_000 });
    const run = await engine.start(id, { typedTarget: null, replan: true });
    let isCancelled = false;
    for await (const event of engine.runs.watch(run)) {
      if (isCancelled || event.event !== 'progress' || event.bytes < 2_000_000) continue;
      isCancelled = true;
      await engine.runs.cancel(run);
    }
    await provoked('resumes', asked);
    await carryOut(asked);
  });

  test('pool-not-available: a pool that lost its disk', { timeout: 120_000 }, async () => {
    const file = `${beta.poolDirectory}/plf3`;
    await beta.run(
      `zpool export plfsus; cp ${file} ${file}.kept; zpool import -d ${file} plfsus; zpool set failmode=continue plfsus; truncate -s 0 ${file}; zpool scrub plfsus >/dev/null 2>&1 & for i in $(seq 50); do [ "$(zpool list -H -o health plfsus)" = SUSPENDED ] && exit 0; sleep 0.2; done; exit 1`,
    );
    try {
      const { plan } = await planned(request('home', 'plfsus/home'));
      expect(plan.findings.map(({ code }) => code)).toContain('pool-not-available');
      expect(plan.ready).toBe(false);
    } finally {
      await beta.run(`cat ${file}.kept >${file}; zpool clear plfsus`);
    }
  });
});
