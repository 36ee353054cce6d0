/** Streams that broke off and are gone on with. */
import { does, openzfsOnly, refuses, type Scenario, same, says } from '../scenario.ts';

const OTHER = 'not in the catalogue';
const TOKENS = 'there are no resume tokens';
const resumable = (title: string, steps: Parameters<typeof openzfsOnly>[2]) => openzfsOnly(TOKENS, title, steps);

const cut = [
  does('zfs create {s}'),
  does('write {s} 2048'),
  does('zfs snapshot {s}@1'),
  refuses(
    'zfs send {s}@1 | head -c 1300000 | zfs receive -s -u {d}',
    1,
    'stream-cut',
    'Partially received snapshot is saved.',
  ),
];

const cutIncrement = [
  does('zfs create {s}'),
  does('write {s} 64'),
  does('zfs snapshot {s}@1'),
  does('zfs send {s}@1 | zfs receive -u {d}'),
  does('write {s} 2048'),
  does('zfs snapshot {s}@2'),
  refuses(
    'zfs send -i @1 {s}@2 | head -c 1300000 | zfs receive -s -u {d}',
    1,
    'stream-cut',
    'Partially received snapshot is saved.',
  ),
];

export const tokens: readonly Scenario[] = [
  resumable('a cut stream is gone on with', [
    ...cut,
    does('zfs send -t {token {d}} | zfs receive -s -u {d}'),
    same('zfs get -Hp -o value guid {s}@1 {d}@1'),
    says('zfs get -H -o value receive_resume_token {d}', '-'),
  ]),
  resumable('a cut increment is gone on with', [
    ...cutIncrement,
    does('zfs send -t {token {d}} | zfs receive -s -u {d}'),
    same('zfs get -Hp -o value guid {s}@2 {d}@2'),
    says('zfs get -H -o value receive_resume_token {d}', '-'),
  ]),
  resumable('it may be cut twice', [
    ...cut,
    refuses('zfs send -t {token {d}} | head -c 400000 | zfs receive -s -u {d}', 1, 'stream-cut'),
    does('zfs send -t {token {d}} | zfs receive -s -u {d}'),
    same('zfs get -Hp -o value guid {s}@1 {d}@1'),
  ]),
  resumable('damage keeps what was proved', [
    does('zfs create {s}'),
    does('write {s} 2048'),
    does('zfs snapshot {s}@1'),
    refuses(
      'zfs send {s}@1 | {damage 1300000} | zfs receive -s -u {d}',
      1,
      'stream-cut',
      'checksum mismatch or incomplete stream',
    ),
    does('zfs send -t {token {d}} | zfs receive -s -u {d}'),
    same('zfs get -Hp -o value guid {s}@1 {d}@1'),
  ]),
  resumable('cut again without -s, all is lost', [
    ...cut,
    refuses('zfs send -t {token {d}} | head -c 200000 | zfs receive -u {d}', 1, 'stream-cut'),
    refuses('zfs list -H {d}', 1, 'snapshot-gone'),
  ]),
  resumable('half a copy shows no snapshot and cannot be mounted', [
    ...cut,
    says('zfs list -H -o name -t all -r {d}', '{d}'),
    refuses('zfs mount {d}', 1, OTHER, 'Contains partially-completed state'),
    refuses('zfs snapshot {d}@x', 1, 'busy', 'dataset is busy'),
  ]),
  resumable('half an increment leaves its dataset in use', [
    ...cutIncrement,
    does('zfs snapshot {d}@x'),
    does('zfs set readonly=on {d}'),
    says('zfs list -H -o name -t snapshot -r {d} -s createtxg', '{d}@1', '{d}@x'),
  ]),
  resumable('half an increment keeps its base', [
    ...cutIncrement,
    refuses('zfs destroy {d}@1', 1, OTHER, 'dependent clones'),
    does('zfs receive -A {d}'),
    does('zfs destroy {d}@1'),
  ]),
  resumable('another stream does not go over half a one', [
    ...cutIncrement,
    refuses(
      'zfs send -i @1 {s}@2 | zfs receive -s -u {d}',
      1,
      'partial-in-the-way',
      'contains partially-complete state',
    ),
    refuses(
      'zfs send -i @1 {s}@2 | zfs receive -F -u {d}',
      1,
      'partial-in-the-way',
      'contains partially-complete state',
    ),
  ]),
  resumable('-A throws half a copy away', [
    ...cut,
    does('zfs receive -A {d}'),
    refuses('zfs list -H {d}', 1, 'snapshot-gone'),
  ]),
  resumable('-A throws half an increment away and leaves the rest', [
    ...cutIncrement,
    does('zfs receive -A {d}'),
    says('zfs get -H -o value receive_resume_token {d}', '-'),
    does('zfs send -i @1 {s}@2 | zfs receive -u {d}'),
  ]),
  resumable('-A where there is nothing half received', [
    does('zfs create {d}'),
    refuses('zfs receive -A {d}', 1, 'partial-gone', 'does not have any resumable receive state to abort'),
  ]),
  resumable('half a copy can be destroyed like any dataset', [
    ...cut,
    does('zfs destroy {d}'),
    refuses('zfs list -H {d}', 1, 'snapshot-gone'),
  ]),
  resumable('a token that is none', [
    refuses('zfs send -t bogus >/dev/null', 255, 'token-stale', 'resume token is corrupt (invalid format)'),
    refuses('zfs send -t 1-0-10-00 >/dev/null', 255, 'token-stale', 'resume token is corrupt'),
  ]),
  resumable('a token whose snapshot is gone', [
    ...cut,
    does('zfs destroy {s}@1'),
    refuses('zfs send -t {token {d}} >/dev/null', 255, 'token-stale', 'used in the initial send no longer exists'),
  ]),
  resumable('a token whose snapshot is another one now', [
    ...cut,
    does('zfs destroy {s}@1'),
    does('zfs snapshot {s}@1'),
    refuses(
      'zfs send -t {token {d}} >/dev/null',
      255,
      'token-stale',
      'is no longer the same snapshot used in the initial send',
    ),
  ]),
  resumable('a token whose base is gone', [
    ...cutIncrement,
    does('zfs destroy {s}@1'),
    refuses('zfs send -t {token {d}} >/dev/null', 255, 'token-stale', 'no longer exists'),
  ]),
  resumable('a token goes to no other dataset', [
    ...cut,
    does('zfs create {d}-other'),
    refuses(
      'zfs send -t {token {d}} | zfs receive -s -u {d}-other',
      1,
      'partial-gone',
      'Resuming recv on existing destination',
    ),
    refuses('zfs send -t {token {d}} | zfs receive -s -u {d}-none', 1, 'partial-gone', 'does not exist'),
  ]),
  resumable('a copy that was renamed half-way is gone on with', [
    ...cut,
    does('zfs rename {d} {d}-moved'),
    does('zfs send -t {token {d}-moved} | zfs receive -s -u {d}-moved'),
    same('zfs get -Hp -o value guid {s}@1 {d}-moved@1'),
  ]),
  resumable('a dry run tells what is in a token', [...cut, does('zfs send -nvP -t {token {d}}')]),
];
