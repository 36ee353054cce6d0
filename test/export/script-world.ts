/** Runs an exported script against a `zfs` and an `ssh` of a few lines, whose pools are text files. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guidOf } from '../../shared/planning/testing/inventories.ts';

const ZFS = String.raw`#!/bin/sh
side=\${SIDE:-src}
snaps=$STATE/$side.snaps
sets=$STATE/$side.sets
for last do :; done
log() { { printf '%s\t' "$side"; printf '<%s>' "$@"; printf '\n'; } >>"$STATE/log"; }
case "$1 $*" in
  get*receive_resume_token*) cat "$STATE/$side.token" 2>/dev/null || echo - ;;
  get*createtxg*) awk -F '\t' '{ printf "%s\tguid\t%s\n%s\tcreatetxg\t%s\n", $1, $2, $1, NR * 10 }' "$snaps" ;;
  get*' written '*) cat "$STATE/$side.written" 2>/dev/null || echo 0 ;;
  get*) awk -F '\t' -v n="$last" '$1 == n { print $2; ok = 1 } END { exit !ok }' "$snaps" "$sets" ;;
  list*) grep -q "^$last@" "$snaps" ;;
  'send send -nvt'*) printf '\ttoname = %s\n' "$(cat "$STATE/toname")" ;;
  'send send -t'*) log "$@"; grep "^$(cat "$STATE/toname")	" "$snaps" ;;
  send*) log "$@"; grep "^$last	" "$snaps" ;;
  receive*-A*) log "$@"; rm "$STATE/$side.token" ;;
  receive*)
    IFS='	' read -r name guid || :
    log "$@"
    [ ! -e "$STATE/cut" ] || exit 1
    [ ! -e "$STATE/wrong" ] || guid=5
    printf '%s@%s\t%s\n' "$last" "\${name#*@}" "$guid" >>"$snaps"
    grep -q "^$last	" "$sets" || printf '%s\t7%s\n' "$last" "$$" >>"$sets"
    rm -f "$STATE/$side.token" ;;
  rollback*)
    log "$@"
    [ ! -e "$STATE/$side.held" ] || { echo "cannot destroy '$(cat "$STATE/$side.held")': dataset is busy" >&2; exit 1; }
    awk -F '\t' -v b="$last" '{ print } $1 == b { exit }' "$snaps" >"$snaps.new"; mv "$snaps.new" "$snaps" ;;
  rename*) log "$@"; sed -i "s|^$2\([@	]\)|$3\1|" "$snaps" "$sets" ;;
  snapshot*) log "$@"; printf '%s\t4242\n' "$last" >>"$snaps" ;;
  hold*) log "$@"; [ ! -e "$STATE/$side.full" ] || { echo "cannot hold: $(cat "$STATE/$side.full")" >&2; exit 1; } ;;
  release*)
    log "$@"
    [ "$(cat "$STATE/$side.held" 2>/dev/null)" = "$last" ] || { echo 'no such tag on this dataset' >&2; exit 1; }
    rm "$STATE/$side.held" ;;
  *) log "$@" ;;
esac
`.replaceAll('\\$', '$');

const SSH = `#!/bin/sh
for last do :; done
SIDE=dst exec /bin/sh -c "$last"
`;

/** Names of snapshots and bookmarks and their GUIDs, oldest first. */
export type Snapshots = readonly (readonly [string, string])[];

const text = (snapshots: Snapshots): string => snapshots.map((one) => `${one.join('\t')}\n`).join('');

/** Each with the GUID that it has in an inventory for tests. */
const datasetsOf = (snapshots: Snapshots): Snapshots =>
  [...new Set(snapshots.map(([name]) => name.replace(/[@#].*/, '')))].map((name) => [name, guidOf(`dataset ${name}`)]);

/** Two hosts on which a script can be run as often as wanted. */
export class ScriptWorld {
  readonly #folder = mkdtempSync(join(tmpdir(), 'sluice-script-'));

  constructor(source: Snapshots, destination: Snapshots) {
    this.write('src.snaps', text(source));
    this.write('dst.snaps', text(destination));
    this.write('src.sets', text(datasetsOf(source)));
    this.write('dst.sets', text(datasetsOf(destination)));
    writeFileSync(join(this.#folder, 'zfs'), ZFS, { mode: 0o755 });
    writeFileSync(join(this.#folder, 'ssh'), SSH, { mode: 0o755 });
  }

  write(name: string, content: string): void {
    writeFileSync(join(this.#folder, name), content);
  }

  remove(name: string): void {
    rmSync(join(this.#folder, name));
  }

  /** A half-received stream at the destination. */
  halfReceived(token: string, toName: string): void {
    this.write('dst.token', `${token}\n`);
    this.write('toname', `${toName}\n`);
  }

  /** @returns `src <send><…>`: every command that changes or sends, in order */
  run(script: string, shell = '/bin/sh'): { status: number | null; stderr: string; commands: string[] } {
    this.write('log', '');
    // As `sluice export … | sh` would be: a command that read the script's stdin would swallow the rest of it.
    const { status, stderr } = spawnSync(shell, [], {
      input: script,
      env: { PATH: `${this.#folder}:${process.env.PATH ?? ''}`, STATE: this.#folder },
    });
    const log = readFileSync(join(this.#folder, 'log'), 'utf8');
    return { status, stderr: stderr.toString(), commands: log.split('\n').slice(0, -1) };
  }

  destination(): string[] {
    return readFileSync(join(this.#folder, 'dst.snaps'), 'utf8').split('\n').slice(0, -1);
  }

  /** Somebody destroys a dataset of the destination and its snapshots. */
  destroy(name: string): void {
    for (const file of ['dst.snaps', 'dst.sets']) {
      const lines = readFileSync(join(this.#folder, file), 'utf8').split('\n').slice(0, -1);
      this.write(file, lines.flatMap((line) => (line.split(/[@\t]/)[0] === name ? [] : [`${line}\n`])).join(''));
    }
  }

  dispose(): void {
    rmSync(this.#folder, { recursive: true });
  }
}
