/** The contract, answered by the engine. What the engine throws crosses as the one typed error, whose data is a Failure. */
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../shared/api/contract.ts';
import { toFailure } from '../../shared/model/failure.ts';
import type { Engine } from '../engine.ts';

const os = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (thrown) {
    if (thrown instanceof ORPCError) throw thrown;
    const data = toFailure(thrown);
    throw new ORPCError('SLUICE', { status: 422, message: data.message, data, defined: true });
  }
});

export type Router = ReturnType<typeof createRouter>;

export function createRouter(engine: Engine) {
  return os.router({
    app: {
      info: os.app.info.handler(() => engine.info()),
    },
    hosts: {
      list: os.hosts.list.handler(() => engine.hosts.list()),
      seeKey: os.hosts.seeKey.handler(({ input, signal }) => engine.hosts.seeKey(input.address, signal)),
      add: os.hosts.add.handler(({ input }) => engine.hosts.add({ ...input, practice: false })),
      remove: os.hosts.remove.handler(({ input }) => {
        engine.hosts.remove(input.name);
        return null;
      }),
      check: os.hosts.check.handler(({ input }) => engine.hosts.check(input.name)),
    },
    inventory: {
      tree: os.inventory.tree.handler(({ input }) => engine.tree(input.host)),
      snapshots: os.inventory.snapshots.handler(({ input }) => engine.snapshots(input.host, input.dataset)),
    },
    plans: {
      make: os.plans.make.handler(({ input }) => engine.plan(input)),
      preview: os.plans.preview.handler(({ input: { host, ...chosen } }) => engine.preview(host, chosen)),
    },
    runs: {
      start: os.runs.start.handler(async ({ input }) => ({ run: await engine.start(input.plan, input.confirmed) })),
      list: os.runs.list.handler(() => engine.runs.list()),
      get: os.runs.get.handler(({ input }) => engine.runs.get(input.run)),
      watch: os.runs.watch.handler(async function* ({ input, signal }) {
        yield* engine.runs.watch(input.run, signal);
      }),
      cancel: os.runs.cancel.handler(async ({ input }) => {
        await engine.runs.cancel(input.run);
        return null;
      }),
      resume: os.runs.resume.handler(({ input }) => {
        engine.runs.resume(input.run);
        return null;
      }),
      receipt: os.runs.receipt.handler(({ input }) => engine.runs.receipt(input.run)),
    },
  });
}
