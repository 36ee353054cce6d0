/** What the engine throws crosses the contract with its own words, from a stream as well. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { RPCHandler } from '@orpc/server/message-port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Contract } from '../../shared/api/contract.ts';
import { createEngine, type Engine } from '../engine.ts';
import { createRouter } from './router.ts';

type Client = ContractRouterClient<Contract>;

describe('the contract', () => {
  const { port1, port2 } = new MessageChannel();
  let stateDir: string;
  let engine: Engine;
  let client: Client;
  beforeAll(async () => {
    stateDir = await mkdtemp(path.join(tmpdir(), 'sluice-router-'));
    engine = await createEngine({ stateDir, practice: false, shell: 'browser' });
    new RPCHandler(createRouter(engine)).upgrade(port1, { context: {} });
    port1.start();
    client = createORPCClient(new RPCLink({ port: port2 as unknown as globalThis.MessagePort }));
    port2.start();
  });
  afterAll(async () => {
    port1.close();
    await engine.close();
    await rm(stateDir, { recursive: true, force: true });
  });

  const typed = (code: string) => ({
    code: 'SLUICE',
    defined: true,
    data: { code, message: expect.stringMatching(/./) },
  });

  it('tells why a call failed', async () => {
    await expect(client.hosts.fix({ name: 'nobody', fix: 'any' })).rejects.toMatchObject(typed('host-unknown'));
  });

  it.each<[string, string, (client: Client) => Promise<AsyncIterator<unknown>>]>([
    ['a check', 'host-unknown', ({ hosts }) => hosts.check({ name: 'nobody' })],
    ['a comparison', 'verify-unknown', ({ verify }) => verify.watch({ id: 'none' })],
    ['a run', 'run-unknown', ({ runs }) => runs.watch({ run: '20261121-233216-k3f9' })],
  ])('tells why the stream of %s failed', async (_, code, open) => {
    const events = await open(client);
    await expect(events.next()).rejects.toMatchObject(typed(code));
  });
});
