import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runArguments } from '../../shared/export/command-line.ts';
import { crontabLine, systemdUnits } from '../../shared/export/schedule.ts';
import { NamingSchemeSchema, type Pattern } from '../../shared/model/filter.ts';
import { defaultOptions, type ReplicationRequest, RequestSchema } from '../../shared/model/request.ts';
import { request as asked, ds, label } from '../../shared/planning/testing/inventories.ts';
import { readEndOptions, readOptions, requestOptions } from './options.ts';

const pattern: fc.Arbitrary<Pattern> = fc.oneof(
  fc.constantFrom('daily', 'a b').map((text) => ({ kind: 'text' as const, text })),
  fc.constantFrom('*-1', 'x?').map((glob) => ({ kind: 'glob' as const, glob })),
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
  const { values, positionals } = parseArgs({ args: words.slice(1), options: requestOptions, allowPositionals: true });
  expect(positionals).toEqual([expect.stringMatching(/^laptop:/), 'nas:backup/home']);
  const ends = readEndOptions(values, null);
  return RequestSchema.parse({
    ...readOptions(values),
    source: { ...ends.source, host: 'laptop', dataset: positionals[0]?.slice('laptop:'.length) },
    destination: { ...ends.destination, host: 'nas', dataset: 'backup/home' },
  });
}

describe('what a schedule calls', () => {
  it('asks for the same, whatever was asked for', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(understood(runArguments(request))).toEqual(request);
      }),
    );
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
    expect(words).toContain('sluice-%Y-%m-%d_%H%M%S');
    expect(words).not.toContain('once');
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
    const names = [asked(), asked({ to: 'backup/other' })].map(
      (request) => /enable --now (\S+)\.timer/.exec(systemdUnits(request, ['sluice']))?.[1],
    );
    expect(new Set(names).size).toBe(2);
    for (const name of names) expect(name).toMatch(/^sluice-[A-Za-z0-9_-]+$/);
  });
});
