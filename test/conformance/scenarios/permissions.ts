/** Users who are not root, with what `zfs allow` gave them. */
import { byDelegate, does, openzfsOnly, refuses, type Scenario, same, says } from '../scenario.ts';

const delegated = (title: string, steps: Parameters<typeof openzfsOnly>[2]) =>
  openzfsOnly('only root reaches it', title, steps);

const source = [does('zfs create {s}'), does('write {s} 64'), does('zfs snapshot {s}@1'), does('zfs snapshot {s}@2')];

export const permissions: readonly Scenario[] = [
  delegated('everybody may look', [
    ...source,
    byDelegate(says('zfs list -H -o name -t snapshot -r {s}', '{s}@1', '{s}@2')),
    byDelegate(does('zfs get -H guid {s}@1')),
    byDelegate(does('zfs send -nvP {s}@1')),
  ]),
  delegated('sending needs send', [
    ...source,
    byDelegate(refuses('zfs send {s}@1 >/dev/null', 1, 'permission-denied', 'permission denied')),
    does('zfs allow {user} send {s}'),
    byDelegate(does('zfs send {s}@1 >/dev/null')),
  ]),
  delegated('snapshots, holds and bookmarks need rights of their own', [
    ...source,
    byDelegate(refuses('zfs snapshot {s}@x', 1, 'permission-denied', 'permission denied')),
    byDelegate(refuses('zfs hold keep {s}@1', 1, 'permission-denied', 'permission denied')),
    byDelegate(refuses('zfs bookmark {s}@1 {s}#b', 1, 'permission-denied', 'permission denied')),
    does('zfs allow {user} snapshot,hold,release,bookmark {s}'),
    byDelegate(does('zfs snapshot {s}@x')),
    byDelegate(does('zfs hold keep {s}@1')),
    byDelegate(does('zfs bookmark {s}@1 {s}#b')),
    byDelegate(does('zfs release keep {s}@1')),
  ]),
  delegated('receiving needs receive, create and mount', [
    ...source,
    does('zfs create {d}'),
    does('zfs allow {user} send {s}'),
    byDelegate(refuses('zfs send {s}@1 | zfs receive -u {d}/x', 1, 'permission-denied', 'permission denied')),
    does('zfs allow {user} receive,create,mount {d}'),
    byDelegate(does('zfs send {s}@1 | zfs receive -u {d}/x')),
    same('zfs get -Hp -o value guid {s}@1 {d}/x@1'),
  ]),
  delegated('an increment needs no more', [
    ...source,
    does('zfs create {d}'),
    does('zfs send {s}@1 | zfs receive -u {d}/x'),
    does('zfs allow {user} send {s}'),
    does('zfs allow {user} receive,create,mount {d}'),
    byDelegate(does('zfs send -i @1 {s}@2 | zfs receive -u {d}/x')),
  ]),
  delegated('destroying, rolling back and setting are other rights', [
    ...source,
    byDelegate(refuses('zfs destroy {s}@1', 1, 'permission-denied', 'permission denied')),
    byDelegate(refuses('zfs rollback {s}@2', 1, 'permission-denied', 'permission denied')),
    byDelegate(refuses('zfs set readonly=on {s}', 255, 'permission-denied', 'permission denied')),
    byDelegate(refuses('zfs create {s}/c', 1, 'permission-denied', 'permission denied')),
    byDelegate(refuses('zfs rename {s}@1 {s}@one', 1, 'permission-denied', 'permission denied')),
  ]),
  delegated('what is allowed is allowed below as well', [
    ...source,
    does('zfs create {s}/c'),
    does('zfs snapshot {s}/c@1'),
    does('zfs allow {user} send {s}'),
    byDelegate(does('zfs send {s}/c@1 >/dev/null')),
  ]),
  delegated('unallow takes it away', [
    ...source,
    does('zfs allow {user} send {s}'),
    byDelegate(does('zfs send {s}@1 >/dev/null')),
    does('zfs unallow {user} send {s}'),
    byDelegate(refuses('zfs send {s}@1 >/dev/null', 1, 'permission-denied', 'permission denied')),
  ]),
];
