import { describe, expect, it } from 'vitest';
import { parseLaunchOptions, UsageError } from './launch-options.ts';

describe('parseLaunchOptions', () => {
  it('has defaults', () => {
    expect(parseLaunchOptions([])).toEqual({
      practice: false,
      practiceDialects: {},
      web: false,
      port: 0,
      stateDir: null,
      open: true,
      selfTest: false,
    });
  });

  it('reads every option', () => {
    const args = ['--practice', '--web', '--port', '4000', '--no-open', '--state-dir=/tmp/state', '--self-test'];
    expect(parseLaunchOptions(args)).toEqual({
      practice: true,
      practiceDialects: {},
      web: true,
      port: 4000,
      stateDir: '/tmp/state',
      open: false,
      selfTest: true,
    });
  });

  it.each([
    [['--prot', '1']],
    [['--port']],
    [['--port', 'x']],
    [['--port', '65536']],
    [['--port=-1']],
    [['tank/home']],
  ])('refuses %j', (args) => {
    expect(() => parseLaunchOptions(args)).toThrow(UsageError);
  });

  it('skips what belongs to Chromium where told to', () => {
    const args = [
      '--ozone-platform=wayland',
      '--port',
      '4000',
      '.',
      '--enable-logging',
      'x',
      '--practice',
      '--state-dir=a',
      'b',
    ];
    expect(parseLaunchOptions(args, { tolerant: true })).toMatchObject({ port: 4000, practice: true, stateDir: 'a' });
    expect(() => parseLaunchOptions(['--port', 'x'], { tolerant: true })).toThrow(UsageError);
  });
});
