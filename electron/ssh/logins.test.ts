/** Logins that ask a person: passphrases, passwords, questions in rounds, and several ways one after the other. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ssh2 from 'ssh2';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { wireCommand } from '../../shared/zfs/wire.ts';
import { Link } from '../../test/lab/link.ts';
import { describeWithSshd } from '../../test/sshd/describe.ts';
import { failureOf } from '../../test/sshd/failure-of.ts';
import { makeKey, publicKey } from '../../test/sshd/keys.ts';
import { type Sshd, startSshd } from '../../test/sshd/sshd.ts';
import { PromptDesk } from '../hosts/prompt-desk.ts';
import { Secrets } from '../hosts/secrets.ts';
import { fingerprintOf } from './host-key.ts';
import { type ConnectOptions, connectSsh, type SshTarget } from './index.ts';
import type { Ask, Question } from './questions.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

async function works(target: SshTarget, options: ConnectOptions): Promise<void> {
  const shell = await connectSsh(target, options);
  expect(await shell.collect(wireCommand(['echo', 'in']))).toMatchObject({ status: 0, stdout: 'in\n' });
  await shell.close();
}

/** Answers in turn; the questions are kept. */
function answering(...answers: (readonly string[] | null)[]) {
  const questions: Question[] = [];
  const ask: Ask = async (question) => {
    questions.push(question);
    return answers[questions.length - 1] ?? null;
  };
  return { ask, questions };
}

describeWithSshd('a key file with a passphrase', () => {
  let sshd: Sshd;
  let folder: string;
  const file = (name: string) => join(folder, name);
  beforeAll(async () => {
    sshd = await startSshd();
    folder = mkdtempSync(join(tmpdir(), 'sluice-locked-'));
    copyFileSync(sshd.identityFile, file('locked'));
    copyFileSync(`${sshd.identityFile}.pub`, file('locked.pub'));
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', file('locked')]);
  });
  afterAll(async () => {
    await sshd.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(() => vi.unstubAllEnvs());
  const target = () => sshd.target({ identityFile: file('locked') });

  it('is opened with what a person types, after a wrong try, too', async () => {
    vi.stubEnv('SSH_AUTH_SOCK', '');
    const { ask, questions } = answering(['wrong'], ['open sesame']);
    await works(target(), { ask });
    expect(questions.map(({ kind, again }) => [kind, again])).toEqual([
      ['passphrase', false],
      ['passphrase', true],
    ]);
    expect(questions[0]?.fields).toEqual([{ label: `Passphrase of ${file('locked')}`, echo: false }]);
  });

  it('is asked for once in a session, also by two connections at once', async () => {
    vi.stubEnv('SSH_AUTH_SOCK', '');
    const desk = new PromptDesk();
    const { ask } = new Secrets(desk, null);
    const stop = new AbortController();
    let asked = 0;
    const person = (async () => {
      for await (const event of desk.watch(stop.signal)) {
        if (event.event !== 'asked') continue;
        asked += 1;
        desk.answer(event.prompt.id, ['open sesame']);
      }
    })();
    await Promise.all([works(target(), { ask }), works(target(), { ask })]);
    await works(target(), { ask });
    stop.abort();
    await person;
    expect(asked).toBe(1);
  });

  it('fails by name when nobody answers, and when the answers are wrong', async () => {
    vi.stubEnv('SSH_AUTH_SOCK', '');
    expect((await failureOf(connectSsh(target(), { ask: answering(null).ask }))).code).toBe('key-needs-passphrase');
    const wrong = await failureOf(connectSsh(target(), { ask: answering(['a'], ['b'], ['c']).ask }));
    expect(wrong.code).toBe('passphrase-wrong');
    expect(JSON.stringify(wrong)).not.toMatch(/"[abc]"/);
  });

  it('is not asked for when the agent has the key, and then no other key of the agent is shown', async () => {
    const socket = file('agent');
    const agent: ChildProcess = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      if (agent.stdout) await once(agent.stdout, 'data');
      makeKey(file('other'), 'ed25519');
      for (const key of [file('other'), sshd.identityFile])
        execFileSync('ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
      const { ask, questions } = answering();
      const before = sshd.log().split('Failed publickey').length;
      await works({ ...target(), agent: socket }, { ask });
      expect(questions).toEqual([]);
      expect(sshd.log().split('Failed publickey').length).toBe(before);
    } finally {
      agent.kill();
    }
  });
});

interface Script {
  /** What a user must pass, in this order. */
  readonly ways: readonly ('publickey' | 'password' | 'keyboard-interactive')[];
  readonly password: string;
  /** Each round's prompts with the answers that are right. */
  readonly rounds: readonly (readonly { prompt: string; echo: boolean; answer: string }[])[];
  /** The port on this computer of what it takes for any address that it is to connect to; null: it connects to nothing. */
  readonly inside: number | null;
}

/** ssh2's server, for dialogues that no stock sshd without PAM modules has. */
async function scriptedServer(script: Script) {
  const { private: key } = ssh2.utils.generateKeyPairSync('ed25519');
  const server = new ssh2.Server({ hostKeys: [key] }, (client) => {
    const left = [...script.ways];
    client.on('error', () => {});
    client.on('authentication', (context) => {
      const [wanted] = left;
      const passed = () => {
        left.shift();
        if (left.length === 0) context.accept();
        else context.reject([...left].slice(0, 1), true);
      };
      const refuse = () => context.reject(wanted === undefined ? [] : [wanted]);
      if (context.method !== wanted) refuse();
      else if (context.method === 'publickey') passed();
      else if (context.method === 'password') context.password === script.password ? passed() : refuse();
      else if (context.method === 'keyboard-interactive') {
        const next = (index: number): void => {
          const round = script.rounds[index];
          if (round === undefined) {
            passed();
            return;
          }
          context.prompt([...round], 'Gate', `Round ${index + 1}`, (answers) => {
            if (round.every(({ answer }, at) => answers[at] === answer)) next(index + 1);
            else refuse();
          });
        };
        next(0);
      }
    });
    client.on('tcpip', (accept, refuse) => {
      if (script.inside === null) {
        refuse();
        return;
      }
      const channel = accept();
      const line = connect(script.inside, '127.0.0.1');
      for (const end of [channel, line]) end.on('error', () => {});
      channel.pipe(line).pipe(channel);
    });
    client.on('ready', () => {
      client.on('session', (accept) => {
        accept().on('exec', (acceptExec) => {
          const channel = acceptExec();
          channel.write('in\n');
          channel.exit(0);
          channel.end();
        });
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server as unknown as NodeJS.EventEmitter, 'listening');
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  const target: SshTarget = {
    user: 'root',
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    identityFile: null,
    hostKey: fingerprintOf(parsed.getPublicSSH()),
    hostName: 'gate',
  };
  return { target, stop: () => server.close() };
}

describe('a host that asks', () => {
  let stop = () => {};
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sluice-ask-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => {
    stop();
    vi.unstubAllEnvs();
  });
  const serve = async (script: Partial<Script>) => {
    vi.stubEnv('SSH_AUTH_SOCK', '');
    vi.stubEnv('HOME', folder);
    const server = await scriptedServer({ ways: ['password'], password: 'right', rounds: [], inside: null, ...script });
    stop = server.stop;
    return server.target;
  };

  it('for a password gets it, and asks again after a wrong one', async () => {
    const target = await serve({});
    const { ask, questions } = answering(['wrong'], ['right']);
    await works(target, { ask });
    expect(questions.map(({ kind, again, secret }) => [kind, again, secret])).toEqual([
      ['password', false, `password:root@127.0.0.1:${target.port}`],
      ['password', true, `password:root@127.0.0.1:${target.port}`],
    ]);
  });

  it('for a password is given up after three wrong ones, none of which is in the failure', async () => {
    const target = await serve({});
    const { ask, questions } = answering(['wrong-1'], ['wrong-2'], ['wrong-3'], ['right']);
    const failed = await failureOf(connectSsh(target, { ask }));
    expect(failed).toMatchObject({ code: 'login-refused', kind: 'permanent', evidence: { methods: ['password'] } });
    expect(questions).toHaveLength(3);
    expect(JSON.stringify(failed)).not.toContain('wrong-');
  });

  it('several things in several rounds is answered round by round, and codes are not kept', async () => {
    const target = await serve({
      ways: ['keyboard-interactive'],
      rounds: [
        [{ prompt: 'It expires soon.\nPassword: ', echo: false, answer: 'right' }],
        [
          { prompt: 'Verification code:', echo: true, answer: '123456' },
          { prompt: 'Colour?', echo: true, answer: 'blue' },
        ],
      ],
    });
    const { ask, questions } = answering(['right'], ['123456', 'blue']);
    await works(target, { ask });
    expect(questions[0]).toMatchObject({
      secret: `password:root@127.0.0.1:${target.port}`,
      instructions: 'Gate\nRound 1\nIt expires soon.',
      fields: [{ label: 'Password:', echo: false }],
    });
    expect(questions[1]).toMatchObject({
      secret: null,
      fields: [
        { label: 'Verification code:', echo: true },
        { label: 'Colour?', echo: true },
      ],
    });
  });

  it.each([
    ['a key, then a password', ['publickey', 'password'] as const, [['right']]],
    ['a key, then questions', ['publickey', 'keyboard-interactive'] as const, [['42']]],
    ['a password, then questions', ['password', 'keyboard-interactive'] as const, [['right'], ['42']]],
  ])('for %s gets both', async (_, ways, answers) => {
    const target = await serve({ ways, rounds: [[{ prompt: 'Answer', echo: true, answer: '42' }]] });
    const file = join(folder, `key-${ways.join('-')}`);
    makeKey(file, 'ed25519');
    await works({ ...target, identityFile: file }, { ask: answering(...answers).ask });
  });

  it('for a password behind one jump is not given that of the host of the same address behind another', async () => {
    vi.stubEnv('SSH_AUTH_SOCK', '');
    vi.stubEnv('HOME', folder);
    const plain: Script = { ways: ['password'], password: 'jump', rounds: [], inside: null };
    const site = async (name: string, password: string) => {
      const inner = await scriptedServer({ ...plain, password });
      const jump = await scriptedServer({ ...plain, inside: inner.target.port });
      const target: SshTarget = {
        ...inner.target,
        host: '10.0.0.7',
        port: 22,
        hostName: name,
        jump: { ...jump.target, hostName: `${name}-gate` },
      };
      return { target, stop: () => [inner, jump].forEach((server) => void server.stop()) };
    };
    const sites = [await site('here', 'right here'), await site('there', 'right there')] as const;
    stop = () => {
      for (const one of sites) one.stop();
    };
    const desk = new PromptDesk();
    const kept = new Map<string, string>();
    const { ask } = new Secrets(desk, {
      get: async (name) => kept.get(name) ?? null,
      set: async (name, secret) => void kept.set(name, secret),
      delete: async (name) => void kept.delete(name),
    });
    const over = new AbortController();
    const asked: string[] = [];
    const person = (async () => {
      for await (const event of desk.watch(over.signal)) {
        if (event.event !== 'asked') continue;
        const { id, host, again } = event.prompt;
        asked.push(`${host}${again ? ' again' : ''}`);
        desk.answer(id, [host.endsWith('-gate') ? 'jump' : `right ${host}`], true);
      }
    })();
    for (const { target } of [...sites, ...sites]) await works(target, { ask });
    over.abort();
    await person;
    // Nobody was given a password that was not theirs: then they would be asked again.
    expect(asked).toEqual(['here-gate', 'here', 'there-gate', 'there']);
    const [here, there] = sites.map(({ target }) => `127.0.0.1:${target.jump?.port}`);
    expect(Object.fromEntries(kept)).toEqual({
      [`password:root@${here}`]: 'jump',
      [`password:root@${there}`]: 'jump',
      [`password:root@10.0.0.7:22 through root@${here}`]: 'right here',
      [`password:root@10.0.0.7:22 through root@${there}`]: 'right there',
    });
  });

  it('is refused without an answer, at once', async () => {
    const target = await serve({
      ways: ['keyboard-interactive'],
      rounds: [[{ prompt: 'Code', echo: true, answer: '1' }]],
    });
    const { ask, questions } = answering(null);
    expect((await failureOf(connectSsh(target, { ask }))).code).toBe('login-unanswered');
    expect(questions).toHaveLength(1);
  });

  it('loses patience before a person answers, and that is what is said', async () => {
    const target = await serve({});
    const link = await Link.open(target.port);
    const ask: Ask = (_, signal) => {
      link.cut();
      return new Promise((resolve) => signal.addEventListener('abort', () => resolve(null)));
    };
    expect((await failureOf(connectSsh({ ...target, port: link.port }, { ask }))).code).toBe('login-unanswered');
    await link.close();
  });

  it('waits for a person longer than for a machine', async () => {
    const target = await serve({});
    const ask: Ask = async () => {
      await new Promise((resolve) => setTimeout(resolve, 700));
      return ['right'];
    };
    await works(target, { ask, timeouts: { loginMs: 500 } });
  });
});

describeWithSshd('a key of an agent and something besides', () => {
  it('is heard by a host that wants two keys, although ssh2 forgets what was said to each key of an agent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sluice-two-'));
    const sshd = await startSshd({ config: ['AuthenticationMethods publickey,publickey'] });
    const socket = join(folder, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await once(agent.stdout, 'data');
      makeKey(join(folder, 'second'), 'ecdsa');
      appendFileSync(join(sshd.folder, 'authorized_keys'), `${publicKey(join(folder, 'second'))}\n`);
      for (const key of [sshd.identityFile, join(folder, 'second')])
        execFileSync('ssh-add', ['-q', key], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
      await works(sshd.target({ identityFile: null, agent: socket }), {});
    } finally {
      agent.kill();
      await sshd.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
