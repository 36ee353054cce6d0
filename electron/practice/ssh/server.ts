/** A real SSH server on loopback with a simulated host behind it. */
import { timingSafeEqual } from 'node:crypto';
import { createServer, type Socket, type Server as TcpServer } from 'node:net';
import ssh2 from 'ssh2';
import { runCommandLine } from '../shell/login.ts';
import { ROOT, type System, type User } from '../shell/process.ts';
import { sinkOf, sourceOf } from './channel-io.ts';
import type { KeyPair } from './keys.ts';

/** Runs what needs rights through `sudo -n`. */
export const ADMIN: User = { name: 'admin', root: false, sudo: 'everything' };
/** Who can log in, all with the one key: root; one with `sudo`; one with what `zfs allow` gave. */
export const USERS: readonly User[] = [ROOT, ADMIN, { name: 'backup', root: false, sudo: 'nothing' }];

/** sshd's own default for `MaxSessions`. */
const MAX_SESSIONS = 10;

const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

/** Lets in who has the one key, by signature; a mere question about the key is answered for it alone as well. */
function authenticate(context: ssh2.AuthContext, allowed: ssh2.ParsedKey): void {
  if (context.method !== 'publickey' || !USERS.some(({ name }) => name === context.username)) {
    context.reject(['publickey']);
    return;
  }
  const rightKey = context.key.algo === allowed.type && sameBytes(context.key.data, allowed.getPublicSSH());
  const signed =
    context.signature === undefined ||
    (context.blob !== undefined && allowed.verify(context.blob, context.signature, context.hashAlgo) === true);
  if (rightKey && signed) context.accept();
  else context.reject(['publickey']);
}

async function runOnChannel(
  system: System,
  user: User,
  channel: ssh2.ServerChannel,
  command: string,
  onKill: (kill: Kill) => void,
) {
  const running = runCommandLine(
    system,
    command,
    {
      stdin: sourceOf(channel),
      stdout: sinkOf(channel, channel),
      stderr: sinkOf(channel.stderr, channel),
    },
    user,
  );
  onKill(running.kill);
  const ending = await running.ending;
  // A client that went away cannot be told anything any more.
  if (channel.destroyed) return;
  if ('status' in ending) channel.exit(ending.status);
  else channel.exit(ending.signal, false, '');
  channel.end();
  // Input that nobody read keeps a channel from closing.
  channel.resume();
}

type Kill = (signal: string) => void;

function serveSession(system: System, user: User, session: ssh2.Session, onFault: (error: unknown) => void): void {
  let kill: Kill = () => {};
  session.on('exec', (accept, _reject, info) => {
    const channel = accept();
    runOnChannel(system, user, channel, info.command, (given) => {
      kill = given;
    }).catch((error: unknown) => {
      channel.destroy();
      onFault(error);
    });
  });
  session.on('signal', (accept, _reject, info) => {
    kill(info.name);
    accept?.();
  });
  session.on('shell', (accept) => {
    const channel = accept();
    channel.stderr.write(
      'This is a practice host of Sluice: it runs single commands, such as "zfs list", and has no login.\r\n',
    );
    channel.exit(1);
    channel.end();
  });
}

function serveClient(
  client: ssh2.Connection,
  system: System,
  allowed: ssh2.ParsedKey,
  onFault: (error: unknown) => void,
): void {
  let sessions = 0;
  let user = ROOT;
  client.on('authentication', (context) => {
    const known = USERS.find(({ name }) => name === context.username) ?? user;
    user = system.demoted ? { ...known, root: false, sudo: 'nothing' } : known;
    authenticate(context, allowed);
  });
  client.on('session', (accept, reject) => {
    if (sessions >= MAX_SESSIONS) {
      reject();
      return;
    }
    sessions += 1;
    const session = accept();
    session.on('close', () => {
      sessions -= 1;
    });
    serveSession(system, user, session, onFault);
  });
  // A client that breaks off or speaks nonsense ends its own connection and nothing else.
  client.on('error', () => {});
}

export interface SshServer {
  readonly port: number;
  /** Ends every connection, as a pulled cable would. */
  cut(): void;
  /** Shows another host key from the next connection on. */
  setHostKey(key: KeyPair): void;
  stop(): Promise<void>;
}

/**
 * Listens on 127.0.0.1, on a port the system chooses.
 * @param onFault called when a simulated command fails in a way it should not: a fault of the simulation
 */
export function startSshServer(
  system: System,
  hostKey: KeyPair,
  user: KeyPair,
  onFault: (error: unknown) => void,
): Promise<SshServer> {
  const allowed = ssh2.utils.parseKey(user.private);
  if (allowed instanceof Error) return Promise.reject(allowed);
  const serverWith = (key: KeyPair) =>
    new ssh2.Server({ hostKeys: [key.private], ident: 'sluice-practice' }, (client) =>
      serveClient(client, system, allowed, onFault),
    );
  let server = serverWith(hostKey);
  const sockets = new Set<Socket>();
  const tcp: TcpServer = createServer((socket) => {
    // Without it pure-JavaScript ssh2 waits for acknowledgements between packets.
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    server.injectSocket(socket);
  });
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const setHostKey = (key: KeyPair) => {
    server = serverWith(key);
  };
  const stop = () =>
    new Promise<void>((resolve) => {
      tcp.close(() => resolve());
      cut();
    });
  return new Promise((resolve, reject) => {
    tcp.once('error', reject);
    tcp.listen(0, '127.0.0.1', () => {
      const address = tcp.address();
      if (typeof address === 'object' && address !== null) resolve({ port: address.port, cut, setHostKey, stop });
    });
  });
}
