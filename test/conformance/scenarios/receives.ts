/** Where a stream may go, what happens to what is there, and what is refused. */
import {
  different,
  does,
  either,
  openzfsOnly,
  refuses,
  type Scenario,
  same,
  says,
  scenario,
  warns,
} from '../scenario.ts';

const OTHER = 'not in the catalogue';
const PROPERTIES = 'receive sets and excludes no properties';
const WRITTEN = 'the property written is not there';

const copied = [
  does('zfs create {s}'),
  does('write {s} 128'),
  does('zfs snapshot {s}@1'),
  does('zfs send {s}@1 | zfs receive {d}'),
  does('write {s} 128'),
  does('zfs snapshot {s}@2'),
];

/** The same, never mounted: what is unmounted is a moment longer in use on zfs-fuse. */
const copiedUnmounted = copied.map((one) => ({
  ...one,
  command: one.command.replace('zfs receive ', 'zfs receive -u '),
}));

export const receives: readonly Scenario[] = [
  scenario('a full stream does not go over a dataset', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs create {d}'),
    refuses('zfs send {s}@1 | zfs receive -u {d}', 1, 'destination-exists', 'must specify -F to overwrite it'),
  ]),
  openzfsOnly('full -F onto a mounted dataset ends in an I/O error', 'nor over snapshots, even with -F', [
    ...copied,
    refuses('zfs send {s}@2 | zfs receive -F {d}', 1, 'destination-exists', 'destination has snapshots'),
    says('zfs list -H -o name -t snapshot -r {d}', '{d}@1'),
  ]),
  openzfsOnly('full -F onto a mounted dataset ends in an I/O error', 'with -F it goes over an empty one', [
    does('zfs create {s}'),
    does('write {s} 64'),
    does('zfs snapshot {s}@1'),
    does('zfs create {d}'),
    does('zfs send {s}@1 | zfs receive -F {d}'),
    same('zfs get -Hp -o value guid {s}@1 {d}@1'),
  ]),
  scenario('what was written to refuses an increment until it is rolled back', [
    ...copied,
    does('write {d} 64'),
    refuses('zfs send -i @1 {s}@2 | zfs receive {d}', 1, 'destination-changed', 'has been modified'),
    does('zfs rollback {d}@1'),
    does('zfs send -i @1 {s}@2 | zfs receive {d}'),
    same('zfs get -Hp -o value guid {s}@2 {d}@2'),
  ]),
  scenario('-F rolls back what was written', [
    ...copied,
    does('write {d} 64'),
    does('zfs send -i @1 {s}@2 | zfs receive -F {d}'),
    same('zfs get -Hp -o value guid {s}@2 {d}@2'),
  ]),
  scenario('a base that is not there', [
    ...copied,
    does('zfs snapshot {s}@3'),
    refuses('zfs send -i @2 {s}@3 | zfs receive {d}', 1, 'base-not-newest', 'does not'),
  ]),
  scenario("a snapshot of the destination's own, with nothing written, is no obstacle", [
    ...copiedUnmounted,
    does('zfs snapshot {d}@own'),
    does('zfs send -i @1 {s}@2 | zfs receive -u {d}'),
    says('zfs list -H -o name -t snapshot -r -s createtxg {d}', '{d}@1', '{d}@own', '{d}@2'),
  ]),
  scenario("a snapshot of the destination's own, with something written, is one", [
    ...copied,
    does('write {d} 64'),
    does('zfs snapshot {d}@own'),
    either(
      refuses('zfs send -i @1 {s}@2 | zfs receive -u {d}', 1, 'destination-changed', 'has been modified'),
      refuses('zfs send -i @1 {s}@2 | zfs receive -u {d}', 1, 'base-not-newest', 'does not'),
    ),
  ]),
  openzfsOnly('-F destroys no newer snapshots', '-F destroys it', [
    ...copied,
    does('write {d} 64'),
    does('zfs snapshot {d}@own'),
    does('zfs send -i @1 {s}@2 | zfs receive -F {d}'),
    says('zfs list -H -o name -t snapshot -r -s createtxg {d}', '{d}@1', '{d}@2'),
  ]),
  openzfsOnly('-F destroys no newer snapshots', '-F stops before a hold', [
    ...copied,
    does('write {d} 64'),
    does('zfs snapshot {d}@own'),
    does('zfs hold keep {d}@own'),
    refuses('zfs send -i @1 {s}@2 | zfs receive -F {d}', 1, 'busy', 'dataset is busy'),
    says('zfs list -H -o name -t snapshot -r -s createtxg {d}', '{d}@1', '{d}@own'),
    does('zfs release keep {d}@own'),
  ]),
  openzfsOnly('-F destroys no newer snapshots', '-F stops before a clone', [
    ...copied,
    does('write {d} 64'),
    does('zfs snapshot {d}@own'),
    does('zfs clone {d}@own {d}-clone'),
    refuses('zfs send -i @1 {s}@2 | zfs receive -F {d}', 1, 'same-name-other-snapshot', 'destination already exists'),
    says('zfs list -H -o name -t snapshot -r -s createtxg {d}', '{d}@1', '{d}@own'),
  ]),
  scenario('the same name with another guid', [
    ...copiedUnmounted,
    does('zfs snapshot {d}@2'),
    refuses('zfs send -i @1 {s}@2 | zfs receive -u {d}', 1, 'same-name-other-snapshot', 'destination already exists'),
  ]),
  openzfsOnly('what is there already is refused', 'what is there already is passed over', [
    ...copied,
    does('zfs send -i @1 {s}@2 | zfs receive -u {d}'),
    does('zfs send -i @1 {s}@2 | zfs receive -u {d}'),
    says('zfs list -H -o name -t snapshot -r -s createtxg {d}', '{d}@1', '{d}@2'),
  ]),
  scenario('a parent that is not there', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    refuses('zfs send {s}@1 | zfs receive -u {d}/no/where', 1, 'parent-missing', 'dataset does not exist'),
  ]),
  openzfsOnly('zfs-fuse serves no volumes', 'a volume is no place for a filesystem', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs create {d}'),
    does('zfs create -s -V 4M {d}/v'),
    refuses('zfs send {s}@1 | zfs receive -u {d}/v/x', 1, 'parent-not-filesystem', 'is not a filesystem'),
  ]),
  scenario('an increment does not make a dataset, and on old ZFS goes to whatever has its base', [
    ...copied,
    either(
      refuses(
        'zfs send -i @1 {s}@2 | zfs receive -u {d}-other',
        1,
        'parent-missing',
        "destination '{d}-other' does not exist",
      ),
      does('zfs send -i @1 {s}@2 | zfs receive -u {d}-other'),
    ),
    either(
      says('zfs list -H -o name -t snapshot -r {d}', '{d}@1'),
      says('zfs list -H -o name -t snapshot -r {d}', '{d}@1', '{d}@2'),
    ),
  ]),
  scenario('a name that is none', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    either(
      refuses('zfs send {s}@1 | zfs receive -u {d}+x', 1, 'invalid-name', 'invalid name'),
      refuses('zfs send {s}@1 | zfs receive -u {d}%x', 1, 'stream-cut', 'invalid backup stream'),
    ),
  ]),
  scenario('what is no stream', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    refuses('{ echo hello; zfs send {s}@1; } | zfs receive -u {d}', 1, 'text-before-stream', 'bad magic number'),
    refuses('true | zfs receive -u {d}', 1, 'stream-cut', 'failed to read from stream'),
  ]),
  scenario('a stream that breaks off leaves nothing', [
    does('zfs create {s}'),
    does('write {s} 1024'),
    does('zfs snapshot {s}@1'),
    refuses('zfs send {s}@1 | head -c 400000 | zfs receive -u {d}', 1, 'stream-cut'),
    refuses('zfs list -H {d}', 1, 'snapshot-gone'),
  ]),
  scenario('a stream that was damaged leaves nothing', [
    does('zfs create {s}'),
    does('write {s} 1024'),
    does('zfs snapshot {s}@1'),
    refuses('zfs send {s}@1 | {damage 400000} | zfs receive -u {d}', 1, 'stream-damaged', 'checksum mismatch'),
    refuses('zfs list -H {d}', 1, 'snapshot-gone'),
  ]),
  scenario('an increment that breaks off leaves the base', [
    ...copied,
    does('write {s} 1024'),
    does('zfs snapshot {s}@3'),
    refuses('zfs send -i @1 {s}@3 | head -c 400000 | zfs receive -F {d}', 1, 'stream-cut'),
    says('zfs list -H -o name -t snapshot -r {d}', '{d}@1'),
    does('zfs send -i @1 {s}@3 | zfs receive -F {d}'),
  ]),
  scenario('-n looks and leaves', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs send {s}@1 | zfs receive -n {d}'),
    refuses('zfs list -H {d}', 1, 'snapshot-gone'),
    says('zfs send {s}@1 | zfs receive -nv {d}', 'would receive full stream of {s}@1 into {d}@1'),
  ]),
  scenario('-u leaves it unmounted', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs send {s}@1 | zfs receive -u {d}'),
    says('zfs get -H -o value mounted {d}', 'no'),
  ]),
  scenario('without -u it is mounted', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs send {s}@1 | zfs receive {d}'),
    says('zfs get -H -o value mounted {d}', 'yes'),
  ]),
  scenario('-d keeps the path below the pool', [
    does('zfs create {s}'),
    does('zfs create {s}/a'),
    does('zfs snapshot {s}/a@1'),
    does('zfs create {d}'),
    does('zfs send {s}/a@1 | zfs receive -u -d {d}'),
    different('zfs list -H -o name -r {d}'),
    refuses(
      'zfs send {s}/a@1 2>/dev/null | zfs receive -u -d {d}/nope',
      1,
      OTHER,
      'specified fs ({d}/nope) does not exist',
    ),
  ]),
  scenario('-e keeps the last part of the path', [
    does('zfs create {s}'),
    does('zfs create {s}/a'),
    does('zfs create {s}/a/b'),
    does('zfs snapshot {s}/a/b@1'),
    does('zfs create {d}'),
    does('zfs send {s}/a/b@1 | zfs receive -u -e {d}'),
    says('zfs list -H -o name -t snapshot -r {d}', '{d}/b@1'),
  ]),
  scenario('a snapshot may be received under another label', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs send {s}@1 | zfs receive -u {d}@other'),
    says('zfs list -H -o name -t snapshot -r {d}', '{d}@other'),
    same('zfs get -Hp -o value guid {s}@1 {d}@other'),
  ]),
  openzfsOnly(PROPERTIES, '-o sets a property', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs send {s}@1 | zfs receive -u -o readonly=on -o canmount=noauto {d}'),
    says('zfs get -H -o value,source readonly,canmount {d}', 'on\tlocal', 'noauto\tlocal'),
  ]),
  openzfsOnly(PROPERTIES, '-o of what is no property', [
    does('zfs create {s}'),
    does('zfs snapshot {s}@1'),
    refuses('zfs send {s}@1 2>/dev/null | zfs receive -u -o bogus=1 {d}', 1, OTHER, "invalid property 'bogus'"),
    refuses('zfs send {s}@1 2>/dev/null | zfs receive -u -o readonly=maybe {d}', 1, OTHER, "'readonly' must be one of"),
    refuses('zfs list -H {d}', 1, 'snapshot-gone'),
  ]),
  openzfsOnly(PROPERTIES, 'properties travel by -p and arrive as received', [
    does('zfs create -o compression=gzip-2 -o org.example:owner=alex -o exec=off {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs send -p {s}@1 | zfs receive -u {d}'),
    says(
      'zfs get -H -o value,source compression,org.example:owner,exec {d}',
      'gzip-2\treceived',
      'alex\treceived',
      'off\treceived',
    ),
  ]),
  openzfsOnly(PROPERTIES, '-x keeps one of them out', [
    does('zfs create -o compression=gzip-2 -o exec=off {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs send -p {s}@1 | zfs receive -u -x compression {d}'),
    says('zfs get -H -o source compression {d}', 'default'),
    says('zfs get -H -o value,received compression {d}', 'on\tgzip-2'),
    says('zfs get -H -o value,source exec {d}', 'off\treceived'),
  ]),
  openzfsOnly(PROPERTIES, 'a local value wins over a received one, and inherit -S gives it back', [
    does('zfs create -o exec=off {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs send -p {s}@1 | zfs receive -u -o exec=on {d}'),
    says('zfs get -H -o value,source,received exec {d}', 'on\tlocal\toff'),
    does('zfs inherit -S exec {d}'),
    says('zfs get -H -o value,source exec {d}', 'off\treceived'),
  ]),
  openzfsOnly(PROPERTIES, '-x of what does not apply is said and passed over', [
    does('zfs create {s}'),
    does('zfs create -s -V 4M {s}/v'),
    does('zfs snapshot {s}/v@1'),
    does('zfs create {d}'),
    warns('zfs send -p {s}/v@1 | zfs receive -u -x mountpoint {d}/v', OTHER, 'does not apply to datasets of this type'),
  ]),
  scenario('properties do not travel without -p', [
    does('zfs create -o compression=gzip-2 -o org.example:owner=alex {s}'),
    does('zfs snapshot {s}@1'),
    does('zfs send {s}@1 | zfs receive -u {d}'),
    says('zfs get -H -o value,source org.example:owner {d}', '-\t-'),
    says('zfs get -H -o source compression {d}', 'default'),
  ]),
  scenario('a quota above the destination stops a stream', [
    does('zfs create {s}'),
    does('write {s} 6144'),
    does('zfs snapshot {s}@1'),
    does('zfs create -o quota=2M {d}'),
    refuses('zfs send {s}@1 | zfs receive -u {d}/x', 1, 'no-space'),
    says('zfs list -H -o name -r {d}', '{d}'),
  ]),
  openzfsOnly(WRITTEN, 'after receiving nothing is written', [
    ...copied,
    does('zfs send -i @1 {s}@2 | zfs receive -u {d}'),
    says('zfs get -Hp -o value written {d}', '0'),
  ]),
  scenario('a read-only copy takes increments', [
    ...copied,
    does('zfs set readonly=on {d}'),
    does('zfs send -i @1 {s}@2 | zfs receive {d}'),
    same('zfs get -Hp -o value guid {s}@2 {d}@2'),
  ]),
  scenario('receive is called with one name', [
    refuses('true | zfs receive', 2, OTHER, 'missing snapshot argument'),
    refuses('true | zfs receive {d} {d}x', 2, OTHER, 'too many arguments'),
    refuses('true | zfs receive -Q {d}', 2, OTHER, "invalid option 'Q'"),
  ]),
  openzfsOnly('-d and -e are not told apart', '-d and -e exclude each other', [
    refuses('true | zfs receive -d -e {D}', 2, OTHER, 'mutually exclusive'),
  ]),
  scenario('the copy of a copy is the same snapshot', [
    ...copied,
    does('zfs send {d}@1 | zfs receive -u {d}-copy'),
    same('zfs get -Hp -o value guid {s}@1 {d}@1 {d}-copy@1'),
  ]),
  scenario('increments go back the other way', [
    ...copiedUnmounted,
    does('zfs snapshot {d}@back'),
    does('zfs rollback -r {s}@1'),
    does('zfs send -i @1 {d}@back | zfs receive -F {s}'),
    same('zfs get -Hp -o value guid {d}@back {s}@back'),
  ]),
];
