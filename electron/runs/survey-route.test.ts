/** Which routes there are: what a connection can and cannot do for them. */
import { afterAll, describe, expect, it } from 'vitest';
import { sshHost } from '../../shared/model/testing/hosts.ts';
import { laptop, nas, planOf } from '../../shared/planning/testing/inventories.ts';
import type { Reached } from '../hosts/reached.ts';
import { askNobody, localShell, type Shell } from '../ssh/index.ts';
import { surveyRoute } from './survey-route.ts';

describe.skipIf(process.platform === 'win32')('the direct way', () => {
  const shell = localShell();
  afterAll(() => shell.close());
  const plan = planOf({ source: laptop(['a', 'b']), destination: nas(['a']), request: { route: 'direct' } });
  const reached = (name: string, by: Shell): Reached => ({
    host: sshHost(name),
    shell: by,
    tools: { zfs: laptop(['a']).zfs, elevation: [], root: true },
    target: null,
    ask: askNobody,
  });

  it('is none for a source that the system’s own ssh carries: it lends no key of ours', async () => {
    const bySystem: Shell = {
      bySystem: true,
      closed: shell.closed,
      start: (command, options) => shell.start(command, options),
      collect: (command, options) => shell.collect(command, options),
      lines: (command, options) => shell.lines(command, options),
      close: () => shell.close(),
    };
    const ends = { to: reached('nas.invalid', shell), source: laptop(['a', 'b']), destination: nas(['a']) };
    const facts = await surveyRoute(plan, { ...ends, from: reached('laptop', bySystem) }, null);
    expect(facts).toMatchObject({
      way: null,
      tried: [expect.stringMatching(/^laptop .* cannot use the key of a run\.$/)],
    });
    const other = await surveyRoute(plan, { ...ends, from: reached('laptop', shell) }, null);
    expect(other.tried.join()).not.toContain('cannot use the key of a run');
  });
});
