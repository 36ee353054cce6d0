/** Encryption roots, keys, raw streams. Keys are test data. */
import { does, openzfsOnly, refuses, type Scenario, same, says } from '../scenario.ts';

const OTHER = 'not in the catalogue';
const encrypted = (title: string, steps: Parameters<typeof openzfsOnly>[2]) =>
  openzfsOnly('nothing is encrypted', title, steps);

/** Hexadecimal keys: deriving one from a passphrase takes an emulated guest ten seconds. */
const KEY = `printf ${'0123456789abcdef'.repeat(4)}`;
const OTHER_KEY = `printf ${'fedcba9876543210'.repeat(4)}`;
const make = (name: string) =>
  does(`${KEY} | zfs create -o encryption=on -o keyformat=hex -o keylocation=prompt ${name}`);

const filled = [
  make('{s}'),
  does('write {s} 128'),
  does('zfs snapshot {s}@1'),
  does('write {s} 128'),
  does('zfs snapshot {s}@2'),
];
const lock = [does('zfs unmount {s}'), does('zfs unload-key {s}')];

export const encryption: readonly Scenario[] = [
  encrypted('an encryption root has a key, its children use it', [
    make('{s}'),
    does('zfs create {s}/c'),
    says(
      'zfs get -H -o value encryption,encryptionroot,keystatus,keyformat,keylocation {s}',
      'aes-256-gcm',
      '{s}',
      'available',
      'hex',
      'prompt',
    ),
    says('zfs get -H -o value encryption,encryptionroot,keystatus {s}/c', 'aes-256-gcm', '{s}', 'available'),
    says('zfs get -H -o value encryption,encryptionroot,keystatus {S}', 'off', '-', '-'),
  ]),
  encrypted('a key has to have a form and a length', [
    refuses(`${KEY} | zfs create -o encryption=on {s}`, 1, OTHER, 'Keyformat required for new encryption root'),
    refuses('printf short | zfs create -o encryption=on -o keyformat=passphrase {s}', 1, OTHER, 'Passphrase too short'),
    refuses('zfs create -o keyformat=passphrase {s}', 1, OTHER),
    refuses('zfs list -H {s}', 1, 'snapshot-gone'),
  ]),
  encrypted('without its key it cannot be mounted', [
    ...filled,
    ...lock,
    says('zfs get -H -o value keystatus,mounted {s}', 'unavailable', 'no'),
    refuses('zfs mount {s}', 1, 'key-not-loaded', 'encryption key not loaded'),
    does(`${KEY} | zfs load-key {s}`),
    says('zfs get -H -o value keystatus {s}', 'available'),
    does('zfs mount {s}'),
  ]),
  encrypted('a wrong key is none', [
    ...filled,
    ...lock,
    refuses(`${OTHER_KEY} | zfs load-key {s}`, 255, OTHER, 'Incorrect key provided'),
    says('zfs get -H -o value keystatus {s}', 'unavailable'),
  ]),
  encrypted('keys are loaded and unloaded once', [
    ...filled,
    refuses(`${KEY} | zfs load-key {s}`, 255, OTHER, 'Key already loaded'),
    refuses('zfs unload-key {s}', 255, OTHER, 'is busy'),
    ...lock,
    refuses('zfs unload-key {s}', 255, OTHER, 'Key already unloaded'),
    refuses('zfs load-key {S}', 255, OTHER, 'is not encrypted'),
  ]),
  encrypted('change-key takes another passphrase', [
    ...filled,
    does(`${OTHER_KEY} | zfs change-key {s}`),
    ...lock,
    refuses(`${KEY} | zfs load-key {s}`, 255, OTHER, 'Incorrect key provided'),
    does(`${OTHER_KEY} | zfs load-key {s}`),
  ]),
  encrypted('change-key -i gives a child back to its parent', [
    make('{s}'),
    make('{s}/c'),
    says('zfs get -H -o value encryptionroot {s}/c', '{s}/c'),
    does('zfs change-key -i {s}/c'),
    says('zfs get -H -o value encryptionroot {s}/c', '{s}'),
  ]),
  encrypted('a plain stream arrives unencrypted', [
    ...filled,
    does('zfs send {s}@1 | zfs receive -u {d}'),
    says('zfs get -H -o value encryption {d}', 'off'),
    same('zfs get -Hp -o value guid {s}@1 {d}@1'),
  ]),
  encrypted('a plain stream needs the key', [
    ...filled,
    ...lock,
    refuses('zfs send {s}@1 >/dev/null', 1, 'key-not-loaded', 'dataset key must be loaded'),
  ]),
  encrypted('a raw stream needs no key and arrives locked', [
    ...filled,
    ...lock,
    does('zfs send -w {s}@1 | zfs receive -u {d}'),
    says(
      'zfs get -H -o value encryption,encryptionroot,keystatus,keylocation {d}',
      'aes-256-gcm',
      '{d}',
      'unavailable',
      'prompt',
    ),
    same('zfs get -Hp -o value guid {s}@1 {d}@1'),
    does(`${KEY} | zfs load-key {d}`),
    says('zfs get -H -o value keystatus {d}', 'available'),
  ]),
  encrypted('a raw copy is gone on with raw', [
    ...filled,
    does('zfs send -w {s}@1 | zfs receive -u {d}'),
    does('zfs send -w -i @1 {s}@2 | zfs receive -u {d}'),
    same('zfs get -Hp -o value guid {s}@2 {d}@2'),
  ]),
  encrypted('a plain increment does not go onto a locked raw copy', [
    ...filled,
    does('zfs send -w {s}@1 | zfs receive -u {d}'),
    refuses('zfs send -i @1 {s}@2 | zfs receive -u {d}', 1, 'key-not-loaded', 'inherited key must be loaded'),
  ]),
  encrypted('a raw increment does not go onto a plain copy', [
    ...filled,
    does('zfs send {s}@1 | zfs receive -u {d}'),
    refuses(
      'zfs send -w -i @1 {s}@2 | zfs receive -u {d}',
      1,
      'raw-mixed',
      'cannot perform raw receive on top of existing unencrypted dataset',
    ),
  ]),
  encrypted('properties of an encrypted dataset travel only raw', [
    ...filled,
    refuses('zfs send -p {s}@1 >/dev/null', 1, 'raw-needed', 'may not be sent with properties without the raw flag'),
    refuses('zfs send -R {s}@1 >/dev/null', 1, 'raw-needed', 'may not be sent with properties without the raw flag'),
    does('zfs send -w -p {s}@1 | zfs receive -u {d}'),
    says('zfs get -H -o value encryptionroot {d}', '{d}'),
  ]),
  encrypted('a plain stream under an encrypted parent is encrypted there', [
    does('zfs create {s}'),
    does('write {s} 64'),
    does('zfs snapshot {s}@1'),
    make('{d}'),
    does('zfs send {s}@1 | zfs receive -u {d}/x'),
    says('zfs get -H -o value encryption,encryptionroot {d}/x', 'aes-256-gcm', '{d}'),
  ]),
  encrypted('one with properties is not, unless -x encryption', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    make('{d}'),
    does('zfs send -p {s}@1 | zfs receive -u {d}/plain'),
    says('zfs get -H -o value encryption {d}/plain', 'off'),
    does('zfs send -p {s}@1 | zfs receive -u -x encryption {d}/safe'),
    says('zfs get -H -o value encryptionroot {d}/safe', '{d}'),
  ]),
  encrypted('a locked parent takes no plain stream', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    make('{d}'),
    does('zfs unmount {d}'),
    does('zfs unload-key {d}'),
    refuses('zfs send {s}@1 | zfs receive -u {d}/x', 1, 'key-not-loaded', 'inherited key must be loaded'),
  ]),
  encrypted('encryption cannot be excluded from a raw stream', [
    ...filled,
    refuses(
      'zfs send -w {s}@1 | zfs receive -u -o encryption=off {d}',
      1,
      'encryption-refused',
      'cannot be set or excluded for raw streams',
    ),
  ]),
  encrypted('-F destroys no encrypted dataset', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    make('{d}'),
    refuses(
      'zfs send {s}@1 | zfs receive -u -F {d}',
      1,
      'encryption-refused',
      'zfs receive -F cannot be used to destroy an encrypted filesystem',
    ),
  ]),
  encrypted('a raw package keeps its encryption root', [
    make('{s}'),
    does('zfs create {s}/c'),
    does('zfs snapshot -r {s}@1'),
    does('zfs send -w -R {s}@1 | zfs receive -u {d}'),
    says('zfs get -H -o value encryptionroot,keystatus {d}/c', '{d}', 'unavailable'),
  ]),
];
