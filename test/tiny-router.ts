/** A small implementation of the contract, for tests of how it is served: it answers, streams and fails, no more. */
import { implement, ORPCError, type Router } from '@orpc/server';
import { type Contract, contract, type Tree } from '../shared/api/contract.ts';
import { failure } from '../shared/model/failure.ts';
import type { Host } from '../shared/model/host.ts';
import type { Snapshot } from '../shared/model/inventory.ts';
import type { RunEvent } from '../shared/model/run.ts';
import { defaultSettings, readSettings } from '../shared/model/settings.ts';

export interface TinyRouter {
  readonly router: Router<Contract, Record<never, never>>;
  /** Watches of runs that are under way now. */
  readonly watching: () => number;
}

/** What it answers where a test has something to show. */
export interface Shown {
  readonly hosts: readonly Host[];
  readonly tree: Tree;
  readonly snapshots: readonly Snapshot[];
}

export function tinyRouter(shown: Shown | null = null): TinyRouter {
  const os = implement(contract);
  let watching = 0;
  const unknown = (): never => {
    const data = failure({ code: 'host-unknown', message: 'There is no such host.', next: 'Add it first.' });
    throw new ORPCError('SLUICE', { status: 422, message: data.message, data });
  };
  const router = os.router({
    app: {
      info: os.app.info.handler(() => ({
        version: '0.0.0',
        shell: 'browser',
        practice: true,
        stateDir: '/state',
        localZfs: false,
        agent: false,
        keychain: false,
        program: ['sluice'],
      })),
    },
    settings: {
      get: os.settings.get.handler(() => defaultSettings),
      change: os.settings.change.handler(({ input }) => readSettings({ ...defaultSettings, ...input })),
    },
    drafts: { get: os.drafts.get.handler(() => null), keep: os.drafts.keep.handler(() => null) },
    hosts: {
      list: os.hosts.list.handler(() => [...(shown?.hosts ?? [])]),
      seeKey: os.hosts.seeKey.handler(unknown),
      add: os.hosts.add.handler(unknown),
      edit: os.hosts.edit.handler(unknown),
      duplicate: os.hosts.duplicate.handler(unknown),
      remove: os.hosts.remove.handler(() => null),
      importable: os.hosts.importable.handler(unknown),
      import: os.hosts.import.handler(unknown),
      check: os.hosts.check.handler(unknown),
      fix: os.hosts.fix.handler(unknown),
      damage: os.hosts.damage.handler(() => null),
    },
    prompts: {
      watch: os.prompts.watch.handler(unknown),
      answer: os.prompts.answer.handler(unknown),
      cancel: os.prompts.cancel.handler(unknown),
    },
    inventory: {
      tree: os.inventory.tree.handler(() => shown?.tree ?? unknown()),
      snapshots: os.inventory.snapshots.handler(() =>
        shown === null ? unknown() : { snapshots: [...shown.snapshots], bookmarks: [] },
      ),
    },
    plans: {
      make: os.plans.make.handler(unknown),
      preview: os.plans.preview.handler(unknown),
      applyFix: os.plans.applyFix.handler(unknown),
    },
    verify: {
      start: os.verify.start.handler(unknown),
      watch: os.verify.watch.handler(unknown),
      cancel: os.verify.cancel.handler(unknown),
    },
    runs: {
      start: os.runs.start.handler(unknown),
      list: os.runs.list.handler(() => []),
      get: os.runs.get.handler(unknown),
      watch: os.runs.watch.handler(async function* ({ input, signal }): AsyncGenerator<RunEvent> {
        watching += 1;
        try {
          for (let step = 0; signal?.aborted !== true; step += 1) {
            yield {
              event: 'message',
              run: input.run,
              at: new Date(0).toISOString(),
              host: 'laptop',
              level: 'info',
              text: `line ${step}`,
            };
            await new Promise((resolve) => setTimeout(resolve, 5));
          }
        } finally {
          watching -= 1;
        }
      }),
      cancel: os.runs.cancel.handler(() => null),
      pause: os.runs.pause.handler(unknown),
      goOn: os.runs.goOn.handler(unknown),
      setLimit: os.runs.setLimit.handler(unknown),
      resume: os.runs.resume.handler(() => null),
      receipt: os.runs.receipt.handler(unknown),
    },
    practice: {
      open: os.practice.open.handler(unknown),
      stories: os.practice.stories.handler(() => []),
      hosts: os.practice.hosts.handler(() => []),
      addOffice: os.practice.addOffice.handler(unknown),
      break: os.practice.break.handler(unknown),
      setDialect: os.practice.setDialect.handler(unknown),
      reset: os.practice.reset.handler(() => null),
    },
  });
  return { router, watching: () => watching };
}
