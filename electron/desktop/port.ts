/** The line between a window and the main process: a MessagePort that speaks the contract. */
import type { Router } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import type { Contract } from '../../shared/api/contract.ts';
import { isOurs } from './origin.ts';

/** Also in preload.ts. */
const CHANNEL = 'sluice:port';

/**
 * Gives a page its port, each time it has finished loading: a reload ends the old one. The page needs to ask for
 * nothing, so the main process listens to no channel that a page could send to.
 *
 * @param answered called after each call that the page made and that was answered
 */
export function offerPort(
  contents: WebContents,
  router: Router<Contract, Record<never, never>>,
  answered: () => void = () => undefined,
): void {
  const handler = new RPCHandler(router, {
    interceptors: [
      async ({ next }) => {
        const result = await next();
        answered();
        return result;
      },
    ],
  });
  let current: MessagePortMain | null = null;
  contents.on('did-finish-load', () => {
    current?.close();
    current = null;
    if (!isOurs(contents.getURL())) return;
    const { port1, port2 } = new MessageChannelMain();
    current = port1;
    handler.upgrade(port1, { context: {} });
    port1.start();
    contents.postMessage(CHANNEL, null, [port2]);
  });
}
