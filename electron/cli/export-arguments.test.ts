import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runArguments } from '../../shared/export/command-line.ts';
import { crontabLine, NO_PROGRAM, systemdUnits } from '../../shared/export/schedule.ts';
import { NamingSchemeSchema, type Pattern } from '../../shared/model/filter.ts';
import { defaultOptions, type ReplicationRequest, RequestSchema } from '../../shared/model/request.ts';
import { matchesFilter } from '../../shared/planning/snapshot-filter.ts';
import { request as asked, ds, label, snapshots } from '../../shared/planning/testing/inventories.ts';
import { onState } from '../own-program.ts';
import { parseCommand } from './command-table.ts';
import { readEndOptions, readOptions } from './options.ts';

const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  fc.constantFrom('daily', 'a b', '-hourly', '--yes').map((text) => ({ kind: 'text' as const, text })),
  fc.constantFrom('*-1', 'x?', '-*').map((glob) => ({ kind: 'glob' as const, glob })),
  fc.constantFrom('^a', '%d$').map((regex) => ({ kind: 'regex' as const, regex })),
  fc.constantFrom(...NamingSchemeSchema.options).map((scheme) => ({ kind: 'scheme' as const, scheme })),
);
const time = fc.option(fc.integer({ min: 0, max: 4e9 }));
const filter = fc
  .record({
    include: fc.array(pattern, { maxLength: 2 }),
    exclude: fc.array(pattern, { maxLength: 2 }),
    since: time,
    until: time,
  })
  .map((one) =>
    one.include.length + one.exclude.length === 0 && one.since === null && one.until === null ? null : one,
  );

const requests: fc.Arbitrary<ReplicationRequest> = fc.record({
  package: fc.constantFrom('single', 'replication', 'recursive', 'self-contained'),
  source: fc.record({
    host: fc.constant('laptop'),
    dataset: fc.constantFrom(ds('tank/home'), ds('tank/my home')),
    also: fc.subarray([ds('tank/a'), ds('tank/b c')]),
    exclude: fc.subarray([ds('tank/home/x')]),
    snapshot: fc.constant(null),
    take: fc.constant(false),
  }),
  destination: fc.record({
    host: fc.constant('nas'),
    dataset: fc.constant(ds('backup/home')),
    naming: fc.constantFrom('exact', 'last-name', 'without-pool'),
  }),
  base: fc.constant({ kind: 'auto' as const }),
  intermediates: fc.boolean(),
  filter,
  properties: fc.constantFrom('auto', 'yes', 'no'),
  onDivergence: fc.constant('stop' as const),
  partial: fc.constant('keep' as const),
  receive: fc.record({
    readonly: fc.constantFrom('on', 'off', 'leave'),
    mount: fc.boolean(),
    set: fc.subarray<[string, string]>([
      ['compression', 'zstd'],
      ['my:note', `a "b" $HOME 5% 'x' \\`],
    ]),
    skip: fc.subarray(['quota', 'my:other']),
  }),
  raw: fc.constantFrom('auto', 'yes', 'no'),
  compress: fc.constantFrom('auto', 'zstd', 'lz4', 'no'),
  limit: fc.option(fc.integer({ min: 1, max: 1e12 })),
  route: fc.constantFrom('auto', 'local', 'relay', 'direct'),
  concurrency: fc.integer({ min: 1, max: 16 }),
  onFailure: fc.constantFrom('stop', 'skip-subtree'),
});

/** What the command line makes of the words. */
function understood(words: readonly string[]): ReplicationRequest {
  const { name, words: values, positionals } = parseCommand(words);
  expect(name).toBe('run');
  expect(positionals).toEqual([expect.stringMatching(/^laptop:/), 'nas:backup/home']);
  const ends = readEndOptions(values, null);
  return RequestSchema.parse({
    ...readOptions(values),
    source: { ...ends.source, host: 'laptop', dataset: positionals[0]?.slice('laptop:'.length) },
    destination: { ...ends.destination, host: 'nas', dataset: 'backup/home' },
  });
}

/** As systemd.service(5) splits it. */
function wordsOfUnit(text: string): string[] {
  const line = /^ExecStart=(.*)$/m.exec(text)?.[1] ?? '';
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, bare]) =>
    (quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '').replaceAll('%%', '%').replaceAll('$$', '$'),
  );
}

/** As cron hands it to a shell, and that to the program. */
function wordsOfCron(text: string): string[] {
  const line = /^17 2 \* \* \* (.*)$/m.exec(text)?.[1] ?? '';
  const script = `for word in ${line.replaceAll('\\%', '%')}; do printf '%s\\0' "$word"; done`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe('what a schedule calls', () => {
  it('asks for the same, whatever was asked for', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(understood(runArguments(request))).toEqual(request);
      }),
    );
  });

  it.skipIf(process.platform === 'win32').each([
    ['systemd', systemdUnits, wordsOfUnit],
    ['cron', crontabLine, wordsOfCron],
  ] as const)('is understood as %s hands it over, on the state folder that was meant', (_kind, write, wordsOf) => {
    const program = ['/usr/bin/node', '/opt/my sluice/cli.js'];
    const samples = fc.sample(requests, { numRuns: 30, seed: 1 });
    for (const request of samples) {
      const words = wordsOf(write(request, onState(program, "/home/ann's/50% $HOME", null)));
      expect(words.slice(0, 2)).toEqual(program);
      expect(parseCommand(words.slice(2)).words['state-dir']).toBe("/home/ann's/50% $HOME");
      expect(understood(words.slice(2))).toEqual(request);
    }
  });

  it.each<[Pattern, string, string]>([
    [{ kind: 'glob', glob: 'daily' }, 'daily', 'daily-1'],
    [{ kind: 'glob', glob: '1.5' }, '1.5', '1x5'],
    [{ kind: 'glob', glob: 'scheme:*' }, 'scheme:x', 'x'],
    [{ kind: 'text', text: 'scheme:Zrepl' }, 'A-SCHEME:zrepl', 'zrepl_2026'],
  ])('%j lets through %j and not %j, though the command line reads it otherwise', (one, passing, other) => {
    const request = { ...asked(), filter: { include: [one], exclude: [], since: null, until: null } };
    const { filter } = understood(runArguments(request));
    const passed = snapshots('tank/home', [passing, other]).filter(
      (one) => filter !== null && matchesFilter(filter, one),
    );
    expect(passed.map(({ name }) => name)).toEqual([`tank/home@${passing}`]);
  });

  it('is no longer than what was asked for', () => {
    expect(runArguments(asked())).toEqual(['run', 'laptop:tank/home', 'nas:backup/home', '--yes']);
    expect(runArguments({ ...asked(), ...defaultOptions, package: 'replication' })).toContain('replication');
  });

  it('never repeats a choice that was meant for once: a snapshot, a base, what may be deleted', () => {
    const once = {
      ...asked({ snapshot: 'a', onDivergence: 'rollback', partial: 'discard' }),
      base: { kind: 'snapshot' as const, label: label('x') },
    };
    expect(runArguments(once)).toEqual(runArguments(asked()));
  });

  it('takes a snapshot of its own each time where the run did', () => {
    const request = asked();
    const words = runArguments({ ...request, source: { ...request.source, take: true, snapshot: label('once') } });
    expect(words).toContain('--snapshot=sluice-%Y-%m-%d_%H%M%S');
    expect(words.join(' ')).not.toContain('once');
  });

  describe('what was typed and is another thing each night', () => {
    const filter = { include: [], exclude: [], since: 1_700_000_000, until: 1_700_000_000 };
    const request = { ...asked(), filter, source: { ...asked().source, take: true, snapshot: label('daily-2026') } };

    it('is carried over', () => {
      const typed = { snapshot: 'daily-%Y', since: '30d', until: '1h' };
      expect(runArguments(request, typed)).toEqual(
        expect.arrayContaining(['--snapshot=daily-%Y', '--since', '30d', '--until', '1h']),
      );
      expect(crontabLine(request, ['sluice'], typed)).not.toMatch(/^# (Each run makes|The filter has)/m);
    });

    it.each([{}, { snapshot: 'daily-2026', since: '2023-11-14', until: '2023-11-14T22:13:20' }])(
      'or, known by its meaning of once alone, it is said: %j',
      (typed) => {
        for (const text of [crontabLine(request, ['sluice'], typed), systemdUnits(request, ['sluice'], typed)]) {
          expect(text).toMatch(/^# Each run makes a snapshot of its own, sluice-%Y-%m-%d_%H%M%S: daily-2026 /m);
          expect(text).toMatch(/^# The filter has a fixed time/m);
          expect(text).toContain('2023-11-14T22:13:20Z');
        }
      },
    );

    it('is said of nothing else', () => {
      expect(crontabLine(asked(), ['sluice'])).not.toMatch(/^# (Each run makes|The filter has)/m);
    });
  });

  it('says how to come by a program where there is none to call', () => {
    expect(crontabLine(asked(), NO_PROGRAM)).toMatch(/^# FIRST: the installed application answers no command line/);
    expect(systemdUnits(asked(), NO_PROGRAM)).toMatch(/^# FIRST/);
    expect(crontabLine(asked(), ['/usr/bin/node', '/opt/cli.js'])).not.toContain('FIRST');
  });

  it('has its percent signs, dollars and quotes as systemd and cron read them', () => {
    const request = { ...asked(), receive: { ...asked().receive, set: [['my:note', `5% "$x"`] as [string, string]] } };
    expect(systemdUnits(request, ['/opt/sluice'])).toContain(
      String.raw`ExecStart=/opt/sluice run laptop:tank/home nas:backup/home --property "my:note=5%% \"$$x\"" --yes`,
    );
    expect(crontabLine(request, ['/opt/sluice'])).toMatch(
      /^17 2 \* \* \* \/opt\/sluice run laptop:tank\/home nas:backup\/home --property 'my:note=5\\% "\$x"' --yes$/m,
    );
  });

  it('has units of its own for each pair', () => {
    const alike = [
      'backup/other',
      'backup/a/b',
      'backup/a-b',
      'backup/a_b',
      `backup/${'x'.repeat(230)}`,
      `backup/${'x'.repeat(230)}y`,
    ];
    const names = [asked(), ...alike.map((to) => asked({ to }))].map(
      (request) => /enable --now (\S+)\.timer/.exec(systemdUnits(request, ['sluice']))?.[1],
    );
    expect(new Set(names).size).toBe(1 + alike.length);
    // systemd.unit(5): 255 with the `.service`.
    for (const name of names) expect(name).toMatch(/^sluice-[A-Za-z0-9_-]{1,230}$/);
  });
});
