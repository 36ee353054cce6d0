/**
 * The one line to the main process: a MessagePort that Electron's preload hands over, or a WebSocket in a browser.
 * When it drops it is opened again; calls made meanwhile wait for it.
 */
import type { ClientLink } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { backOff } from './back-off.ts';
import { exchange, forgetSession, savedSession, takeBootstrapToken } from './session.ts';
import { setConnection, whenOpen } from './state.ts';

type Link = ClientLink<Record<never, never>>;

const PORT_MESSAGE = 'sluice:port';
let current: Link | null = null;

function opened(link: Link): void {
  current = link;
  setConnection({ kind: 'open' });
}

/** Every call goes through here, to whichever line is open at that moment. */
export const link: Link = {
  async call(path, input, options) {
    while (current === null) await whenOpen(options.signal);
    return current.call(path, input, options);
  },
};

/** Electron: each port that the preload hands over replaces the one before. */
function takePorts(): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== PORT_MESSAGE || port === undefined) return;
    const portLink = new PortLink({ port });
    port.addEventListener('close', () => {
      if (current !== portLink) return;
      current = null;
      setConnection({ kind: 'reconnecting', attempt: 1 });
    });
    port.start();
    opened(portLink);
  });
}

/** True if the main process serves files: it is there, so a socket that fails was refused on purpose. */
async function isServing(): Promise<boolean> {
  try {
    return (await fetch('/', { method: 'HEAD', cache: 'no-store' })).ok;
  } catch {
    return false;
  }
}

function openSockets(): void {
  let bootstrap = takeBootstrapToken();
  let attempt = 0;

  // A newly printed address put over the old one differs in its fragment only: the page stays, with all that is in it.
  window.addEventListener('hashchange', ({ oldURL }) => {
    const token = takeBootstrapToken(new URL(oldURL).hash);
    if (token === null || current !== null) return;
    bootstrap = token;
    void connect();
  });

  const retry = () => {
    attempt += 1;
    setConnection({ kind: 'reconnecting', attempt });
    setTimeout(() => void connect(), backOff(attempt));
  };

  const connect = async (): Promise<void> => {
    if (bootstrap !== null) {
      try {
        await exchange(bootstrap);
        bootstrap = null;
      } catch {
        return retry();
      }
    }
    const session = savedSession();
    if (session === null) return setConnection({ kind: 'refused' });

    const url = new URL('/rpc', location.href);
    url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
    url.hash = '';
    const websocket = new WebSocket(url, ['sluice', session]);
    let wasOpen = false;
    // Before the link adds its own listener, which fails the calls under way: they shall see that the line is down.
    websocket.addEventListener('close', async () => {
      current = null;
      if (wasOpen) return retry();
      if (!(await isServing())) return retry();
      forgetSession();
      setConnection({ kind: 'refused' });
    });
    const socketLink = new SocketLink({ websocket });
    websocket.addEventListener('open', () => {
      wasOpen = true;
      attempt = 0;
      opened(socketLink);
    });
  };
  void connect();
}

/** Opens the line; called once, before anything is drawn. */
export function openLink(): void {
  if (location.protocol === 'app:') takePorts();
  else openSockets();
}
