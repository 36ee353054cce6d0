import { expect, it } from 'vitest';
import { keyFile, keyWord } from './key-type.ts';

it.each([
  ['ssh-ed25519', 'ED25519', '/etc/ssh/ssh_host_ed25519_key.pub'],
  ['rsa-sha2-512', 'RSA', '/etc/ssh/ssh_host_rsa_key.pub'],
  ['ssh-rsa', 'RSA', '/etc/ssh/ssh_host_rsa_key.pub'],
  ['ecdsa-sha2-nistp256', 'ECDSA', '/etc/ssh/ssh_host_ecdsa_key.pub'],
])('knows where the host keeps its %s key', (type, word, file) => {
  expect(keyWord(type)).toBe(word);
  expect(keyFile(type)).toBe(file);
});
