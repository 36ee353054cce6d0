/** What is wrong with a command line: shown with the usage, exit code 64 (EX_USAGE of sysexits.h). */
export class UsageError extends Error {}

export const USAGE = `sluice: careful, guided replication of ZFS snapshots

  sluice                                  open the window
  sluice hosts add NAME ssh://user@host[:port] [--identity FILE] [--privilege auto|none|sudo|doas|pfexec] [--host-key SHA256:…]
          [--jump NAME] [--carrier auto|system] [--notes TEXT] [--colour NAME] [--write-known-hosts]
  sluice hosts list | remove NAME | edit NAME [--address ssh://…] [the options of add] | rename NAME NEW | duplicate NAME NEW
  sluice hosts import [ALIAS] [--as NAME] what ~/.ssh/config names; with ALIAS: add that one
  sluice hosts check NAME [--fix ID] [--yes]
  sluice inventory HOST[:dataset]
  sluice plan SRC DST [options]           what would happen; exit 0 ready, 2 blocked
  sluice run  SRC DST [options] [--yes]   plan, confirm, carry out, prove
  sluice export SRC DST [options] --as sh|systemd|cron|syncoid|zrepl
                                          the plan as a script, or the pair for a schedule or another tool
  sluice runs                             all runs
  sluice resume RUN | receipt RUN
  sluice verify SRC DST [--content]       compare both by GUID; --content: every file or block; exit 0 equal, 1 not
  sluice cancel RUN | pause RUN | continue RUN | limit RUN 50M|none
                                          a run under way here, in another terminal or a schedule

SRC and DST: HOST:pool/dataset[@snapshot] with HOST from the host book, ssh://user@host[:port]/pool/dataset[@snapshot]
for a host in the book by its address, or a dataset on this computer.

options
  --from auto|none|SNAPSHOT|#BOOKMARK     where an incremental stream starts (default: the newest common snapshot)
  --intermediates yes|no                  send the snapshots in between as well (default yes)
  --on-divergence stop|set-aside|rollback when the destination has changed (default stop)
  --partial keep|discard                  a half-received stream that does not fit (default keep)
  --limit 50M                             bytes per second; K, M, G, T are powers of 1024
  --raw auto|yes|no                       encrypted data as it is (default auto)
  --readonly on|off|leave                 of the copy (default on)
  --mount no|yes                          mount the copy (default no)
  --package single|replication|recursive|self-contained
                                          the dataset alone (default); with everything below it and all snapshots, properties
                                          and clones; with everything below it at the chosen snapshot; the same, needing nothing
                                          outside it
  --also DATASET                          another dataset on the source host; may be repeated
  --exclude-dataset DATASET               leaves out a dataset and everything below it; may be repeated
  --name exact|last-name|without-pool     DST is the copy itself, or holds it under its last name or its whole path
  --snapshot NAME                         takes this snapshot first, of all datasets at once; %Y-%m-%d_%H%M%S is filled in
  --include PATTERN, --exclude PATTERN    which snapshots in between; text, glob, /regex/, scheme:sanoid, scheme:zrepl, …
  --since TIME, --until TIME              2026-11-21, 2026-11-21T22:30, or an age such as 30d
  --properties auto|yes|no                send the source's properties (default: in a replication package)
  --property NAME=VALUE                   sets it on the copy; --exclude-property NAME keeps it from the copy
  --route auto|local|relay|direct         how the bytes travel (default auto)
  --compress auto|zstd|lz4|no             in transit (default auto: where measured to be faster)
  --concurrency N                         datasets sent at the same time (default 1)
  --on-failure stop|skip-subtree          when a dataset of a package fails (default stop)
  --json                                  one JSON document, or JSON lines for a run, on stdout alone
  --practice                              with the practice hosts laptop and backupbox
  --practice-dialect HOST=ZFS             which ZFS a practice host pretends to have: openzfs-2.3 (default), openzfs-0.8, illumos,
                                          solaris-11.4 or legacy; may be repeated
  --state-dir DIR                         where hosts and runs are kept

exit codes: 0 done, 1 failed or not confirmed, 2 blocked by a finding, 3 interrupted and resumable, 64 usage
`;
