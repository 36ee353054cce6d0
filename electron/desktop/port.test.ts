import type { MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import type { WebContents } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Contract } from '../../shared/api/contract.ts';
import { WebContentsStub } from '../../test/electron-stub.ts';
import { type TinyRouter, tinyRouter } from '../../test/tiny-router.ts';
import { offerPort } from './port.ts';

let tiny: TinyRouter;
let contents: WebContentsStub;
const answered = vi.fn();

beforeEach(() => {
  answered.mockClear();
  tiny = tinyRouter();
  contents = new WebContentsStub();
  contents.url = 'app://sluice/';
  offerPort(contents as unknown as WebContents, tiny.router, answered);
});
afterEach(() => {
  for (const { ports } of contents.posted) (ports[0] as MessagePort).close();
});

function client(): ContractRouterClient<Contract> {
  const port = contents.posted.at(-1)?.ports[0] as MessagePort;
  const made: ContractRouterClient<Contract> = createORPCClient(
    new RPCLink({ port: port as unknown as globalThis.MessagePort }),
  );
  port.start();
  return made;
}

describe('offerPort', () => {
  it('hands a loaded page exactly one port that speaks the contract', async () => {
    expect(contents.posted).toEqual([]);
    contents.emit('did-finish-load');
    expect(contents.posted).toMatchObject([{ channel: 'sluice:port' }]);
    expect(contents.posted[0]?.ports).toHaveLength(1);
    expect(await client().app.info()).toMatchObject({ version: '0.0.0' });
    expect(answered).toHaveBeenCalledOnce();
  });

  it('carries streams, and ends them when the page is loaded again', async () => {
    contents.emit('did-finish-load');
    const events = await client().runs.watch({ run: '20261122-000000-abcd' });
    expect((await events.next()).value).toMatchObject({ event: 'message', text: 'line 0' });
    expect(tiny.watching()).toBe(1);
    contents.emit('did-finish-load');
    await expect.poll(() => tiny.watching()).toBe(0);
    expect(contents.posted).toHaveLength(2);
    expect(await client().hosts.list()).toEqual([]);
  });

  it('refuses a method that is not in the contract', async () => {
    contents.emit('did-finish-load');
    const { quit } = (client() as unknown as { app: { quit: () => Promise<unknown> } }).app;
    await expect(quit()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['https://example.com/', 'about:blank', 'app://sluice.example/', ''])('gives %j none', (url) => {
    contents.url = url;
    contents.emit('did-finish-load');
    expect(contents.posted).toEqual([]);
  });
});
