/** Whatever is typed into a login stays out of files, events, failures, logs and argument lists. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { PromptEvent } from '../shared/model/prompt.ts';
import { wireCommand } from '../shared/zfs/wire.ts';
import { describeWithSshd } from '../test/sshd/describe.ts';
import { type Sshd, startSshd } from '../test/sshd/sshd.ts';
import { createEngine } from './engine.ts';
import { startRelay } from './transfer/relay.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const PASSPHRASE = 'correct-horse-7f3a';
const WRONG = 'wrong-horse-9c1d';

/** The argument lists of all processes, as anybody on this computer can read them. */
function argumentLists(): string {
  return execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
}

const everyFile = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

describeWithSshd('a secret', () => {
  let sshd: Sshd;
  let stateDir: string;
  let home: string;
  beforeAll(async () => {
    sshd = await startSshd();
    stateDir = mkdtempSync(join(tmpdir(), 'sluice-state-'));
    home = mkdtempSync(join(tmpdir(), 'sluice-home-'));
    execFileSync('cp', [sshd.identityFile, join(home, 'locked')]);
    // Given as the tool wants it; the listings are taken later.
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', PASSPHRASE, '-f', join(home, 'locked')]);
    vi.stubEnv('SSH_AUTH_SOCK', '');
    vi.stubEnv('HOME', home);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await sshd.stop();
    for (const folder of [stateDir, home]) rmSync(folder, { recursive: true, force: true });
  });

  it('is nowhere but in memory', async () => {
    const said: string[] = [];
    for (const name of ['log', 'warn', 'error', 'info', 'debug'] as const)
      vi.spyOn(console, name).mockImplementation((...words) => void said.push(words.map(String).join(' ')));
    const write = (chunk: unknown) => said.push(String(chunk)) > 0;
    vi.spyOn(process.stderr, 'write').mockImplementation(write);

    const engine = await createEngine({ stateDir, practice: false, shell: 'browser' });
    const events: PromptEvent[] = [];
    const stop = new AbortController();
    const tries = [WRONG, PASSPHRASE];
    void (async () => {
      for await (const event of engine.prompts.watch(stop.signal)) {
        events.push(event);
        if (event.event === 'asked') engine.prompts.answer(event.prompt.id, [tries.shift() ?? PASSPHRASE], true);
      }
    })();
    engine.hosts.add({
      name: 'nas',
      address: { kind: 'ssh', user: sshd.user, host: '127.0.0.1', port: sshd.port },
      identityFile: join(home, 'locked'),
      privilege: 'auto',
      hostKey: sshd.fingerprint('ed25519'),
    });
    const report = await engine.doctor.check('nas');
    expect(report.checks.find(({ code }) => code === 'login')?.state).toBe('ok');

    // A relay's thread logs in with the same secret.
    const target = await engine.hosts.target('nas');
    if (target === null) throw new Error('no target');
    let listings = '';
    const relay = startRelay(
      {
        source: { endpoint: { kind: 'ssh', target }, command: wireCommand(['sleep', '1']) },
        destination: { endpoint: { kind: 'local' }, command: wireCommand(['cat']) },
        limit: null,
      },
      {
        onMeter: () => {
          listings += argumentLists();
        },
        ask: async () => [PASSPHRASE],
      },
    );
    const end = await relay.done;
    expect(end.fault).toBeNull();
    listings += argumentLists();

    // A login that fails, with its failure.
    tries.push(WRONG, WRONG, WRONG);
    writeFileSync(join(home, 'locked-2'), readFileSync(join(home, 'locked')));
    engine.hosts.edit('nas', { identityFile: join(home, 'locked-2') });
    const failed = await engine.doctor.check('nas');
    expect(failed.checks.at(-1)).toMatchObject({ state: 'blocks', evidence: { failure: 'passphrase-wrong' } });
    stop.abort();
    await engine.close();
    vi.restoreAllMocks();

    expect(listings).toContain('sleep 1');
    const everything = [
      ...everyFile(stateDir),
      ...said,
      listings,
      sshd.log(),
      JSON.stringify([report, failed, events, end, target, engine.runs.list(), process.argv, process.env]),
    ];
    expect(events.filter(({ event }) => event === 'asked').length).toBeGreaterThanOrEqual(4);
    for (const text of everything) for (const secret of [PASSPHRASE, WRONG]) expect(text).not.toContain(secret);
  });
});
