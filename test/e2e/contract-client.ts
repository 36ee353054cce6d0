/** Calls the contract beside the window, for what a person does elsewhere: breaking a practice host, say. */
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { Page } from 'playwright-core';
import { WebSocket } from 'ws';
import type { Contract } from '../../shared/api/contract.ts';

export type ContractClient = ContractRouterClient<Contract>;

/** @param page that was let in already: its session is used. @returns the client and what closes its line */
export async function contractClient(
  page: Page,
  origin: string,
): Promise<{ readonly client: ContractClient; readonly close: () => void }> {
  const session = await page.evaluate(() => sessionStorage.getItem('sluice.session'));
  if (session === null) throw new Error('the window has no session');
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, ['sluice', session], { origin });
  const link = new RPCLink({ websocket: socket as unknown as globalThis.WebSocket });
  return { client: createORPCClient(link), close: () => socket.close() };
}
