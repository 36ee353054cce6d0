import { describe, expect, it } from 'vitest';
import { type Plan, PlanSchema, type Step } from '../../shared/model/plan.ts';
import { defaultOptions, plainSource } from '../../shared/model/request.ts';
import { effectsOf, outcomeOf, rollBacksOf } from './effects.ts';

const step = (kind: Step['kind'], host: string): Step => ({
  kind,
  host,
  title: `${kind} at ${host}`,
  commands: [],
  destructive: false,
  streams: [],
  copy: null,
  essential: true,
});
const plan = (parts: Partial<Plan>, destination = 'backupbox'): Plan => ({
  ...PlanSchema.parse({
    request: {
      ...defaultOptions,
      source: { ...plainSource, host: 'laptop', dataset: 'tank/data', snapshot: null },
      destination: { host: destination, dataset: 'backup/data', naming: 'exact' },
    },
    ready: true,
    package: 'single',
    route: 'relay',
    members: [],
    target: 'backup/data',
    streams: [],
    steps: [],
    findings: [],
    losses: [],
    choices: [],
    estimate: { bytes: 0, method: 'nothing to send' },
  }),
  ...parts,
});
const loss = { what: 'snapshot', name: 'backup/data@own', guid: '1', bytes: 10 } as const;

describe('effectsOf', () => {
  it('sorts steps by host and by what they mean', () => {
    const steps = [
      step('hold', 'laptop'),
      step('create-parent', 'backupbox'),
      step('send-receive', 'backupbox'),
      step('set-property', 'backupbox'),
      step('verify', 'backupbox'),
    ];
    expect(effectsOf(plan({ steps }))).toEqual([
      { host: 'laptop', creates: [], changes: [{ title: 'hold at laptop', datasets: [] }], deletes: [] },
      {
        host: 'backupbox',
        creates: [
          { title: 'create-parent at backupbox', datasets: [] },
          { title: 'send-receive at backupbox', datasets: [] },
        ],
        changes: [{ title: 'set-property at backupbox', datasets: [] }],
        deletes: [],
      },
    ]);
  });

  it('says once what is done to several datasets, and names them as their host does', () => {
    const member = (name: string) =>
      ({
        source: `tank/${name}`,
        copy: `backup/${name}`,
        kind: 'filesystem',
        state: 'new',
        after: [],
        bytes: 1,
      }) as const;
    const about = (kind: Step['kind'], host: string, name: string) => ({ ...step(kind, host), copy: `backup/${name}` });
    const steps = ['a', 'b'].flatMap((name) => [about('hold', 'laptop', name), about('hold', 'backupbox', name)]);
    const { members } = PlanSchema.pick({ members: true }).parse({ members: [member('a'), member('b')] });
    const changes = effectsOf(plan({ steps: steps as Step[], members })).map((effects) => effects.changes);
    expect(changes).toEqual([
      [{ title: 'hold at laptop', datasets: ['tank/a', 'tank/b'] }],
      [{ title: 'hold at backupbox', datasets: ['backup/a', 'backup/b'] }],
    ]);
  });

  it('names losses at the destination only', () => {
    const [source, destination] = effectsOf(plan({ losses: [loss] }));
    expect(source?.deletes).toEqual([]);
    expect(destination?.deletes).toEqual([loss]);
  });

  it('is one entry where both ends are one host', () => {
    expect(effectsOf(plan({ losses: [loss] }, 'laptop'))).toMatchObject([{ host: 'laptop', deletes: [loss] }]);
  });
});

describe('outcomeOf', () => {
  const stream = {} as Plan['streams'][number];
  it.each([
    ['blocked', { ready: false, losses: [loss] }],
    ['losses', { losses: [loss], streams: [stream] }],
    ['nothing', {}],
    ['ready', { streams: [stream] }],
  ] as const)('is %s', (outcome, parts) => expect(outcomeOf(plan(parts as Partial<Plan>))).toBe(outcome));
});

describe('rollBacksOf', () => {
  it('names the dataset and the snapshot that it goes back to', () => {
    const back: Step = {
      ...step('roll-back', 'backupbox'),
      commands: [{ host: 'backupbox', argv: ['sudo', 'zfs', 'rollback', '-r', 'backup/data@base'] }],
    };
    expect(rollBacksOf({ steps: [step('hold', 'laptop'), back] })).toEqual([
      { dataset: 'backup/data', snapshot: 'base' },
    ]);
    expect(rollBacksOf({ steps: [step('discard-partial', 'backupbox')] })).toEqual([]);
  });
});
