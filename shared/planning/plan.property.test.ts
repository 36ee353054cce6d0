import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Command, PlanSchema } from '../model/plan.ts';
import { RequestSchema } from '../model/request.ts';
import type { PlannedPlan } from './assemble.ts';
import { FROM, planIn, type World, worlds } from './testing/worlds.ts';

/** Checks all plans that can be started. */
const ready = (check: (plan: PlannedPlan, world: World) => void) =>
  fc.assert(
    fc.property(worlds, (given) => {
      const plan = planIn(given);
      if (plan.ready) check(plan, given);
    }),
    { numRuns: 1500 },
  );

const kindsOf = (plan: PlannedPlan) => plan.steps.map((step) => step.kind);
const commandsIn = (plan: PlannedPlan) => plan.steps.flatMap((step) => step.commands);
/** What a command does, without what stands before zfs. */
const verbOf = (command: Command) => command.argv.slice(command.argv.indexOf('zfs') + 1);

describe('whatever is met', { timeout: 60_000 }, () => {
  it('the worlds are neither all blocked nor all alike', () => {
    const plans = fc.sample(worlds, { numRuns: 2000, seed: 1 }).map(planIn);
    const share = (test: (plan: PlannedPlan) => boolean) => plans.filter((plan) => plan.ready && test(plan)).length;
    expect(share((plan) => plan.streams.length > 0)).toBeGreaterThan(300);
    expect(share((plan) => plan.streams.length > 1)).toBeGreaterThan(20);
    expect(share((plan) => plan.streams[0]?.type === 'incr')).toBeGreaterThan(60);
    expect(share((plan) => plan.streams.some((stream) => stream.alreadyReceived > 0))).toBeGreaterThan(2);
    expect(share((plan) => kindsOf(plan).includes('roll-back'))).toBeGreaterThan(20);
    expect(share((plan) => kindsOf(plan).includes('set-aside'))).toBeGreaterThan(20);
    expect(share((plan) => kindsOf(plan).includes('discard-partial'))).toBeGreaterThan(5);
    expect(new Set(plans.flatMap((plan) => plan.findings.map(({ code }) => code))).size).toBeGreaterThan(25);
  });

  it('a plan is what its schema says', () => {
    fc.assert(
      fc.property(worlds, (given) => {
        const plan = planIn(given);
        expect(PlanSchema.parse(plan)).toEqual(plan);
      }),
      { numRuns: 500 },
    );
  });

  it('planning twice gives the same, and changes nothing it was given', () => {
    fc.assert(
      fc.property(worlds, (given) => {
        const before = structuredClone(given);
        const first = planIn(given);
        expect(planIn(before)).toEqual(first);
        expect(given).toEqual(before);
      }),
      { numRuns: 500 },
    );
  });

  it('what is blocked says why, and what is ready does not say that it is blocked', () => {
    fc.assert(
      fc.property(worlds, (given) => {
        const plan = planIn(given);
        expect(plan.ready).toBe(plan.findings.every(({ severity }) => severity !== 'blocks'));
        const order = plan.findings.map(({ severity }) => ['blocks', 'warns', 'notes'].indexOf(severity));
        expect(order).toEqual(order.toSorted());
        expect(new Set(plan.findings.map(({ code }) => code)).size).toBe(plan.findings.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('offers the safe way first and the one that loses data last', () => {
    fc.assert(
      fc.property(worlds, (given) => {
        for (const finding of planIn(given).findings) {
          const losing = finding.fixes.map((fix) => fix.destructive);
          expect(losing).toEqual(losing.toSorted());
          for (const fix of finding.fixes) expect(fix.change === undefined).not.toBe(fix.command === undefined);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('a way out that is taken is a request like any other, and is not answered by the same finding', () => {
    fc.assert(
      fc.property(worlds, (given) => {
        for (const finding of planIn(given).findings) {
          if (finding.severity !== 'blocks') continue;
          for (const { change } of finding.fixes) {
            if (change === undefined) continue;
            const request = RequestSchema.parse({ ...given.request, ...change });
            const next = planIn({ ...given, request });
            const same = next.findings.find(({ code, severity }) => severity === 'blocks' && code === finding.code);
            expect(same, `${finding.code}: ${JSON.stringify(change)}`).toBeUndefined();
          }
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('every command is zfs with a verb of ours, never with -F, -f or -R', () => {
    ready((plan, { source, destination }) => {
      for (const command of commandsIn(plan)) {
        const end = [source, destination].find(({ host }) => host === command.host);
        expect(command.argv.slice(0, end?.elevation.length)).toEqual(end?.elevation);
        expect(command.argv[end?.elevation.length ?? 0]).toBe('zfs');
        const [verb, ...rest] = verbOf(command);
        expect([
          'send',
          'receive',
          'rename',
          'rollback',
          'create',
          'hold',
          'release',
          'bookmark',
          'set',
          'list',
          'get',
        ]).toContain(verb);
        if (verb !== 'list' && verb !== 'get')
          expect(rest.filter((word) => /^-[A-Za-z]*[FfRd]/.test(word))).toEqual([]);
      }
    });
  });

  it('nothing is destroyed that is not among the losses, and what is lost is destroyed by a step', () => {
    ready((plan, { destination }) => {
      const target = plan.target;
      const lost = (what: string) => plan.losses.filter((loss) => loss.what === what).map(({ name }) => name as string);
      const destructive = plan.steps.filter((step) => step.destructive).map(({ kind }) => kind);
      const verbs = plan.steps.flatMap((step) => step.commands.map((command) => [step, verbOf(command)] as const));
      for (const [step, [verb, ...rest]] of verbs) {
        if (verb === 'rollback' || (verb === 'receive' && rest.includes('-A'))) expect(step.destructive).toBe(true);
        if (verb !== 'rollback') continue;
        const base = destination.snapshots.find((one) => one.name === rest.at(-1));
        const doomed = [...destination.snapshots, ...destination.bookmarks].filter(
          (one) => /^[^@#]*/.exec(one.name)?.[0] === target && one.createtxg > (base?.createtxg ?? 0),
        );
        expect([...lost('snapshot'), ...lost('bookmark')].toSorted()).toEqual(
          doomed.map(({ name }) => name as string).toSorted(),
        );
        const written = destination.datasets.find(({ name }) => name === target)?.written;
        expect(lost('changes')).toEqual(written === 0 ? [] : [target]);
      }
      expect(destructive.includes('discard-partial')).toBe(lost('partial').length > 0);
      expect(destructive.includes('roll-back')).toBe(
        lost('snapshot').length + lost('bookmark').length + lost('changes').length > 0,
      );
    });
  });

  it('nothing that is held or cloned is rolled away', () => {
    ready((plan, { destination }) => {
      const doomed = new Set<string>(plan.losses.flatMap((loss) => (loss.what === 'snapshot' ? [loss.name] : [])));
      expect(destination.snapshots.filter((one) => doomed.has(one.name) && (one.holds ?? 0) > 0)).toEqual([]);
      expect(destination.datasets.filter(({ origin }) => origin !== null && doomed.has(origin))).toEqual([]);
    });
  });

  it('steps come in an order that can work', () => {
    ready((plan) => {
      const order = [
        'discard-partial',
        'set-aside',
        'roll-back',
        'create-parent',
        'hold',
        'send-receive',
        'set-property',
      ];
      const before = kindsOf(plan).slice(0, kindsOf(plan).lastIndexOf('send-receive') + 1);
      const ranks = before.map((one) => order.indexOf(one));
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));
      const parents = plan.steps.flatMap((step) =>
        step.kind === 'create-parent' ? [step.commands[0]?.argv.at(-1)] : [],
      );
      expect(parents).toEqual(parents.toSorted());
      if (plan.steps.length > 0) expect(kindsOf(plan).at(-1)).toBe('verify');
      const releases = kindsOf(plan).indexOf('release');
      if (releases >= 0) expect(releases).toBeGreaterThan(kindsOf(plan).lastIndexOf('hold'));
    });
  });

  it('streams go to the name asked for, chain, and end with the snapshot asked for', () => {
    ready((plan, { request, source, destination }) => {
      plan.streams.forEach((stream, at) => {
        const earlier = plan.streams[at - 1];
        expect(stream.target).toBe(request.destination.dataset);
        expect(stream.type === 'full').toBe(stream.fromGuid === null);
        if (earlier !== undefined) expect([stream.from, stream.fromGuid]).toEqual([earlier.snapshot, earlier.guid]);
        expect(source.snapshots.some(({ name, guid }) => name === stream.snapshot && guid === stream.guid)).toBe(true);
      });
      const [first] = plan.streams;
      if (first === undefined) return;
      const wanted = request.source.snapshot;
      const own = source.snapshots.filter(({ name }) => name.startsWith(`${FROM}@`));
      const goal = wanted === null ? own.at(-1)?.name : `${FROM}@${wanted}`;
      expect(plan.streams.at(-1)?.snapshot).toBe(goal);
      // An incremental never goes to a name without the base: zfs-fuse would receive it into another dataset.
      const there = destination.snapshots.filter(({ name }) => name.startsWith(`${request.destination.dataset}@`));
      if (first.fromGuid !== null) expect(there.map(({ guid }) => guid)).toContain(first.fromGuid);
    });
  });

  it('an incremental starts from what will be the destination’s newest snapshot', () => {
    ready((plan, { destination }) => {
      const [first] = plan.streams;
      if (first === undefined || first.fromGuid === null) return;
      const doomed = new Set<string>(plan.losses.map(({ name }) => name));
      const left = destination.snapshots.filter(({ name }) => name.startsWith(`${plan.target}@`) && !doomed.has(name));
      expect(left.at(-1)?.guid).toBe(first.fromGuid);
    });
  });

  it('a full stream goes to a free name, or to one that is made free, or goes on with what is half there', () => {
    ready((plan, { destination }) => {
      if (plan.streams[0]?.type !== 'full') return;
      const taken = destination.datasets.some(({ name }) => name === plan.target);
      const freed = kindsOf(plan).some((one) => one === 'set-aside' || one === 'discard-partial');
      const resumed = commandsIn(plan).some((command) => verbOf(command)[1] === '-t');
      expect(taken).toBe(freed || resumed);
    });
  });

  it('a copy that can simply be added to is never set aside', () => {
    ready((plan, given) => {
      if (!kindsOf(plan).includes('set-aside')) return;
      const plain = planIn({ ...given, request: { ...given.request, onDivergence: 'stop' } });
      expect(plain.ready).toBe(false);
    });
  });

  it('what a send needs is held before it, and only our newest hold is left', () => {
    ready((plan, { source }) => {
      if (!source.zfs.capabilities.holds || plan.streams.length === 0) return;
      const words = plan.steps.map((step) => step.commands.map((command) => [command.host, ...verbOf(command)]));
      const firstSend = kindsOf(plan).indexOf('send-receive');
      const ofSource = (steps: typeof words, verb: string) =>
        steps.flat().filter((one) => one[0] === source.host && one[1] === verb && one[3]?.startsWith(`${FROM}@`));
      const held = ofSource(words.slice(0, firstSend), 'hold');
      const released = ofSource(words.slice(firstSend), 'release');
      const goal = plan.streams.at(-1)?.snapshot;
      expect(held.map((one) => one.at(-1))).toContain(goal);
      const left = held.map((one) => one.at(-1)).filter((name) => !released.some((one) => one.at(-1) === name));
      expect(left).toEqual([goal]);
      expect(new Set([...held, ...released].map((one) => one[2])).size).toBe(1);
    });
  });

  it('a copy is not mounted, and cannot be written, unless that was asked for', () => {
    ready((plan, { request, destination }) => {
      for (const step of plan.steps.filter(({ kind: one }) => one === 'send-receive')) {
        const words = verbOf(step.commands[1] ?? { host: '', argv: [] });
        expect(words.includes('-u')).toBe(!request.receive.mount);
        if (plan.streams[0]?.type !== 'full' || step !== plan.steps.find(({ kind: one }) => one === 'send-receive'))
          continue;
        const later = plan.steps.flatMap((one) => (one.kind === 'set-property' ? one.commands.flatMap(verbOf) : []));
        const properties = destination.zfs.dialect === 'legacy' ? later : words;
        expect(properties.includes('readonly=on')).toBe(request.receive.readonly === 'on');
      }
    });
  });
});
