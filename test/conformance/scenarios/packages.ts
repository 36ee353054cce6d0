/** `zfs send -R`: datasets below, snapshots in between, properties, clones. */
import { does, either, openzfsOnly, refuses, type Scenario, same, says, scenario } from '../scenario.ts';

const OTHER = 'not in the catalogue';

/**
 * A small tree: the top with two snapshots, a child with a property, a grandchild, which is not mounted on zfs-fuse:
 * that is a moment longer busy with it than the command that unmounts it.
 */
const tree = [
  does('zfs create {s}'),
  does('zfs create -o org.example:owner=alex {s}/a'),
  either(does('zfs create {s}/a/b'), does('zfs create -o mountpoint=none {s}/a/b')),
  does('write {s} 64'),
  does('zfs snapshot -r {s}@1'),
  does('write {s}/a 64'),
  does('zfs snapshot -r {s}@2'),
];

const replicated = [...tree, does('zfs send -R {s}@2 | zfs receive -u {d}')];

const lackingChild = [
  does('zfs create {s}'),
  does('zfs create {s}/c'),
  does('zfs snapshot -r {s}@1'),
  does('zfs destroy {s}/c@1'),
];

export const packages: readonly Scenario[] = [
  scenario('a package holds all datasets and all snapshots', [
    ...replicated,
    says(
      'zfs list -H -o name -t all -r {d}',
      '{d}',
      '{d}@1',
      '{d}@2',
      '{d}/a',
      '{d}/a@1',
      '{d}/a@2',
      '{d}/a/b',
      '{d}/a/b@1',
      '{d}/a/b@2',
    ),
    same('zfs get -Hp -o value guid {s}/a/b@1 {d}/a/b@1'),
    same('zfs get -Hp -o value guid {s}@2 {d}@2'),
  ]),
  scenario('its properties arrive with it', [
    ...replicated,
    says('zfs get -H -o value org.example:owner {d}/a', 'alex'),
    either(says('zfs get -H -o source org.example:owner {d}/a', 'received'), null),
    says('zfs get -H -o value,source org.example:owner {d}/a/b', 'alex\tinherited from {d}/a'),
  ]),
  scenario('it ends with the snapshot that was asked for', [
    ...tree,
    does('zfs snapshot -r {s}@3'),
    does('zfs send -R {s}@2 | zfs receive -u {d}'),
    says('zfs list -H -o name -t snapshot -r -s name {d}/a', '{d}/a/b@1', '{d}/a/b@2', '{d}/a@1', '{d}/a@2'),
  ]),
  scenario('a child that lacks the snapshot', [
    ...lackingChild,
    either(
      refuses('zfs send -R {s}@1 >/dev/null', 1, 'snapshot-gone', 'recursively: snapshot {s}/c@1 does not exist'),
      refuses('zfs send -R {s}@1 >/dev/null', 1, 'snapshot-gone'),
    ),
  ]),
  scenario('a child that is younger than the snapshot', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs create {s}/young'),
    either(does('zfs send -R {s}@1 >/dev/null'), refuses('zfs send -R {s}@1 >/dev/null', 1, 'snapshot-gone')),
  ]),
  openzfsOnly('nothing can be skipped', '-s leaves it out', [
    ...lackingChild,
    does('zfs send -R -s {s}@1 2>/dev/null | zfs receive -u {d}'),
    says('zfs list -H -o name -r {d}', '{d}'),
  ]),
  scenario('an incremental package brings new snapshots and new datasets', [
    ...replicated,
    does('zfs create {s}/new'),
    does('zfs snapshot -r {s}@3'),
    does('zfs send -R -I @2 {s}@3 | zfs receive -u {d}'),
    says('zfs list -H -o name -t snapshot -r {d}/new', '{d}/new@3'),
    same('zfs get -Hp -o value guid {s}/a/b@3 {d}/a/b@3'),
  ]),
  scenario('with -F it takes away what the source no longer has', [
    ...replicated,
    does('zfs destroy -r {s}/a/b'),
    does('zfs destroy -r {s}@1'),
    does('zfs snapshot -r {s}@3'),
    does('zfs send -R -I @2 {s}@3 | zfs receive -u -F {d}'),
    says('zfs list -H -o name -t all -r {d}', '{d}', '{d}@2', '{d}@3', '{d}/a', '{d}/a@2', '{d}/a@3'),
  ]),
  scenario('without -F it leaves that alone', [
    ...replicated,
    does('zfs destroy -r {s}/a/b'),
    does('zfs snapshot -r {s}@3'),
    does('zfs send -R -I @2 {s}@3 | zfs receive -u {d}'),
    says('zfs list -H -o name -t filesystem -r {d}', '{d}', '{d}/a', '{d}/a/b'),
  ]),
  scenario('a clone in it stands on its origin in it', [
    does('zfs create {s}'),
    does('zfs create {s}/o'),
    does('write {s}/o 64'),
    does('zfs snapshot {s}/o@0'),
    does('zfs clone {s}/o@0 {s}/c'),
    does('zfs snapshot -r {s}@1'),
    does('zfs send -R {s}@1 | zfs receive -u {d}'),
    says('zfs get -H -o value origin {d}/c', '{d}/o@0'),
    same('zfs get -Hp -o value guid {s}/c@1 {d}/c@1'),
  ]),
  scenario('a clone comes after its origin, whatever their names', [
    does('zfs create {s}'),
    does('zfs create {s}/z'),
    does('zfs snapshot {s}/z@0'),
    does('zfs clone {s}/z@0 {s}/a'),
    does('zfs snapshot -r {s}@1'),
    does('zfs send -R {s}@1 | zfs receive -u {d}'),
    says('zfs get -H -o value origin {d}/a', '{d}/z@0'),
  ]),
  scenario('a clone whose origin is outside is missed', [
    does('zfs create {s}'),
    does('zfs create {s}/out'),
    does('zfs snapshot {s}/out@0'),
    does('zfs create {s}/in'),
    does('zfs clone {s}/out@0 {s}/in/c'),
    does('zfs snapshot -r {s}/in@1'),
    does('zfs create {d}'),
    refuses(
      'zfs send -R {s}/in@1 2>/dev/null | zfs receive -u {d}/in',
      1,
      OTHER,
      'local origin for clone {d}/in/c@1 does not exist',
    ),
    says('zfs list -H -o name -r {d}', '{d}', '{d}/in'),
  ]),
  scenario('where its origin is at the destination, it finds it', [
    does('zfs create {s}'),
    does('zfs create {s}/out'),
    does('zfs snapshot {s}/out@0'),
    does('zfs create {s}/in'),
    does('zfs clone {s}/out@0 {s}/in/c'),
    does('zfs snapshot -r {s}/in@1'),
    does('zfs create {d}'),
    does('zfs send {s}/out@0 | zfs receive -u {d}/elsewhere'),
    does('zfs send -R {s}/in@1 | zfs receive -u {d}/in'),
    says('zfs get -H -o value origin {d}/in/c', '{d}/elsewhere@0'),
  ]),
  scenario('it does not go over a dataset', [
    ...tree,
    does('zfs create {d}'),
    refuses('zfs send -R {s}@2 | zfs receive -u {d}', 1, 'destination-exists'),
  ]),
  scenario('-d puts it below, path and all', [
    ...tree,
    does('zfs create {d}'),
    does('zfs send -R {s}/a@2 | zfs receive -u -e {d}'),
    says('zfs list -H -o name -r {d}', '{d}', '{d}/a', '{d}/a/b'),
  ]),
  openzfsOnly('receive sets and excludes no properties', '-o reaches the top alone, -x all', [
    does('zfs create {s}'),
    does('zfs create -o exec=off {s}/a'),
    does('zfs snapshot -r {s}@1'),
    does('zfs send -R {s}@1 | zfs receive -u -o canmount=noauto -x exec {d}'),
    says('zfs get -H -o value canmount {d} {d}/a', 'noauto', 'on'),
    says('zfs get -H -o value exec {d}/a', 'on'),
  ]),
  openzfsOnly('there are no estimates', 'a dry run of a package names every stream', [
    ...tree,
    does('zfs send -nvP -R {s}@2'),
    does('zfs send -nv -R -I @1 {s}@2'),
  ]),
  openzfsOnly('there are no resume tokens', 'what was cut of a package is gone on with alone', [
    does('zfs create {s}'),
    does('write {s} 2048'),
    does('zfs snapshot {s}@1'),
    refuses('zfs send -R {s}@1 | head -c 1300000 | zfs receive -s -u {d}', 1, 'stream-cut'),
    does('zfs send -t {token {d}} | zfs receive -s -u {d}'),
    same('zfs get -Hp -o value guid {s}@1 {d}@1'),
  ]),
];
