import { describe, expect, it } from 'vitest';
import type { Host } from '../../shared/model/host.ts';
import { t } from '../texts/texts.ts';
import { keyWords } from './key-words.ts';

const ssh: Host['address'] = { kind: 'ssh', user: 'root', host: 'nas', port: 22 };

describe('the key of a host in words', () => {
  it.each<[Pick<Host, 'hostKey' | 'address'>, string]>([
    [{ hostKey: null, address: { kind: 'local' } }, 'not needed'],
    [{ hostKey: null, address: ssh }, 'not known yet'],
    [{ hostKey: 'SHA256:abc' as Host['hostKey'], address: ssh }, 'SHA256:abc'],
  ])('%o', (host, words) => expect(keyWords(t, host)).toBe(words));
});
