/** The contract, answered by the engine. What the engine throws crosses as the one typed error, whose data is a Failure. */
import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../shared/api/contract.ts';
import { toFailure } from '../../shared/model/failure.ts';
import type { Engine } from '../engine.ts';

function crossing(thrown: unknown): Error {
  if (thrown instanceof ORPCError) return thrown;
  const data = toFailure(thrown);
  return new ORPCError('SLUICE', { status: 422, message: data.message, data, defined: true });
}

const os = implement(contract).use(async ({ next }) => {
  try {
    return await next();
  } catch (thrown) {
    throw crossing(thrown);
  }
});

/** What a stream throws comes when it is read: by then its call has returned, and is past the one above. */
async function* told<T>(events: AsyncIterable<T>): AsyncGenerator<T, void> {
  try {
    yield* events;
  } catch (thrown) {
    throw crossing(thrown);
  }
}

export type Router = ReturnType<typeof createRouter>;

export function createRouter(engine: Engine) {
  return os.router({
    app: {
      info: os.app.info.handler(() => engine.info()),
    },
    settings: {
      get: os.settings.get.handler(() => engine.settings.get()),
      change: os.settings.change.handler(({ input }) => engine.settings.change(input)),
    },
    drafts: {
      get: os.drafts.get.handler(() => engine.draft.get()),
      keep: os.drafts.keep.handler(({ input }) => {
        engine.draft.keep(input);
        return null;
      }),
    },
    hosts: {
      list: os.hosts.list.handler(() => engine.hosts.list()),
      seeKey: os.hosts.seeKey.handler(({ input, signal }) => engine.hosts.seeKey(input.address, input.jump, signal)),
      add: os.hosts.add.handler(({ input }) => engine.hosts.add(input)),
      edit: os.hosts.edit.handler(({ input }) => engine.hosts.edit(input.name, input.changes)),
      duplicate: os.hosts.duplicate.handler(({ input }) => engine.hosts.duplicate(input.name, input.as)),
      remove: os.hosts.remove.handler(({ input }) => {
        engine.hosts.remove(input.name);
        return null;
      }),
      importable: os.hosts.importable.handler(() => engine.hosts.importable()),
      import: os.hosts.import.handler(({ input }) => engine.hosts.import(input.alias, input.name)),
      check: os.hosts.check.handler(({ input }) => told(engine.doctor.watch(input.name))),
      fix: os.hosts.fix.handler(({ input }) => engine.doctor.fix(input.name, input.fix)),
      damage: os.hosts.damage.handler(() => engine.hosts.damage()),
    },
    prompts: {
      watch: os.prompts.watch.handler(({ signal }) => told(engine.prompts.watch(signal))),
      answer: os.prompts.answer.handler(({ input }) => {
        engine.prompts.answer(input.id, input.answers, input.remember);
        return null;
      }),
      cancel: os.prompts.cancel.handler(({ input }) => {
        engine.prompts.cancel(input.id);
        return null;
      }),
    },
    inventory: {
      tree: os.inventory.tree.handler(({ input }) => engine.tree(input.host)),
      snapshots: os.inventory.snapshots.handler(({ input }) => engine.snapshots(input.host, input.dataset)),
    },
    plans: {
      make: os.plans.make.handler(({ input }) => engine.plan(input)),
      applyFix: os.plans.applyFix.handler(async ({ input }) => {
        await engine.applyFix(input.plan, input.finding, input.fix);
        return null;
      }),
      preview: os.plans.preview.handler(({ input: { host, ...chosen } }) => engine.preview(host, chosen)),
    },
    verify: {
      start: os.verify.start.handler(({ input }) => ({ id: engine.verify.start(input) })),
      watch: os.verify.watch.handler(({ input, signal }) => told(engine.verify.watch(input.id, signal))),
      cancel: os.verify.cancel.handler(({ input }) => {
        engine.verify.cancel(input.id);
        return null;
      }),
    },
    runs: {
      start: os.runs.start.handler(async ({ input }) => ({
        run: await engine.start(input.plan, { typedTarget: input.confirmed, replan: true }),
      })),
      list: os.runs.list.handler(() => engine.runs.list()),
      get: os.runs.get.handler(({ input }) => engine.runs.get(input.run)),
      watch: os.runs.watch.handler(({ input, signal }) => told(engine.runs.watch(input.run, signal))),
      cancel: os.runs.cancel.handler(async ({ input }) => {
        await engine.runs.cancel(input.run);
        return null;
      }),
      pause: os.runs.pause.handler(({ input }) => {
        engine.runs.pause(input.run);
        return null;
      }),
      goOn: os.runs.goOn.handler(({ input }) => {
        engine.runs.goOn(input.run);
        return null;
      }),
      setLimit: os.runs.setLimit.handler(({ input }) => {
        engine.runs.setLimit(input.run, input.limit);
        return null;
      }),
      resume: os.runs.resume.handler(({ input }) => {
        engine.runs.resume(input.run);
        return null;
      }),
      receipt: os.runs.receipt.handler(({ input }) => engine.runs.receipt(input.run)),
    },
    practice: {
      open: os.practice.open.handler(async () => ({ address: await engine.practice.open() })),
      stories: os.practice.stories.handler(() => engine.practice.stories()),
      hosts: os.practice.hosts.handler(() => engine.practice.hosts()),
      addOffice: os.practice.addOffice.handler(() => engine.practice.addOffice()),
      break: os.practice.break.handler(({ input }) => engine.practice.break(input.what, input.host)),
      setDialect: os.practice.setDialect.handler(async ({ input }) => {
        await engine.practice.setDialect(input.host, input.dialect);
        return null;
      }),
      reset: os.practice.reset.handler(async () => {
        await engine.practice.reset();
        return null;
      }),
    },
  });
}
