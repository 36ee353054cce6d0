import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage.ts';
import { readAddress, readHostWords, readName } from './host-words.ts';

const KEY = `SHA256:${'a'.repeat(43)}`;

describe('the options of hosts add and edit', () => {
  it('leave out what was not given, and take back with none', () => {
    expect(readHostWords({})).toEqual({});
    expect(
      readHostWords({ jump: 'none', identity: 'none', colour: 'none', 'host-key': KEY, privilege: 'sudo', notes: 'x' }),
    ).toEqual({ jump: null, identityFile: null, colour: null, hostKey: KEY, privilege: 'sudo', notes: 'x' });
    expect(readHostWords({ address: 'ssh://me@nas:2222', carrier: 'system', jump: 'edge' })).toEqual({
      address: { kind: 'ssh', user: 'me', host: 'nas', port: 2222 },
      carrier: 'system',
      jump: 'edge',
    });
  });

  it.each([
    { privilege: 'root' },
    { colour: 'pink' },
    { carrier: 'pigeon' },
    { 'host-key': 'MD5:00' },
    { jump: '-oProxyCommand=x' },
    { address: 'ssh://me@nas/tank' },
    { address: 'nas' },
  ])('%j is refused', (words) => {
    expect(() => readHostWords(words)).toThrow(UsageError);
  });

  it('names and addresses are checked before anything is done', () => {
    expect(() => readName(undefined, 'a name is needed')).toThrow('a name is needed');
    expect(() => readName('a b', '')).toThrow(UsageError);
    expect(() => readAddress('ssh://-l@nas')).toThrow(UsageError);
  });
});
