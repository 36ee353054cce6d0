/**
 * The one place where argument lists become shell text.
 *
 * sshd hands a command to the user's login shell, whatever that is; `exec /bin/sh -c '…'` inside it is the same for
 * all of them. The frame round a command sets the locale and the folders in which ZFS tools hide from non-login shells
 * (sanoid#1106), reports the shell's pid so that it can be ended, and reports the status on stderr, because ssh's own
 * 255 may mean the command's status or a lost connection.
 */

/** Shell text that was made here from argument lists; nothing else may be sent to a host. */
export type WireText = string & { readonly __wire: true };

const SAFE = /^[A-Za-z0-9_@%+=:,./#-]+$/;

/** One argument as POSIX shells read it back. */
export function quote(argument: string): string {
  return SAFE.test(argument) && !argument.startsWith('#') ? argument : `'${argument.replaceAll("'", `'\\''`)}'`;
}

/** A command as a person would type it. */
export const showCommand = (argv: readonly string[]): string => argv.map(quote).join(' ');

/** Where ZFS tools are when a non-login shell does not find them. */
export const SEARCH_PATH = '/usr/sbin:/sbin:/usr/local/sbin:/usr/lib/zfs-linux';

const FRAME = `LC_ALL=C PATH="$PATH:${SEARCH_PATH}"; export LC_ALL PATH; `;
/**
 * The script as every login shell hands it on. `exec` is known to all of them and gives the frame the login shell's own pid, which
 * leads the process group: not every one makes way by itself (Debian 12's dash 0.5.12-2, fish and tcsh do not). Inside single quotes fish takes `\'` and `\\` for escapes, and csh looks for
 * history at `!` ("Event not found."), so these three stand between them, with a backslash. (A line break is beyond csh.)
 */
const underSh = (script: string): WireText => `exec /bin/sh -c '${script.replace(/['\\!]/g, "'\\$&'")}'` as WireText;

const PID = 'sluice-pid:';
const STATUS = 'sluice-status:';

/** One command with its stdin and stdout untouched; pid and status are lines of stderr. */
export function wireCommand(argv: readonly string[]): WireText {
  return underSh(`${FRAME}echo "${PID}$$" >&2; ${showCommand(argv)}; echo "${STATUS}$?" >&2`);
}

/**
 * Commands joined by pipes: the first's stdin and the last's stdout are untouched, pid and status are lines of stderr. Its status is
 * that of the command that failed first. One that only found its reader gone (141, SIGPIPE) has not failed, unless it is the last:
 * `zfs receive` leaves at the stream's END record, whatever may still come. (`pipefail` is unknown to older shells.)
 *
 * @param commands at least one; a single one is {@link wireCommand}
 */
export function wireStages(commands: readonly (readonly string[])[]): WireText {
  const [only] = commands;
  if (only === undefined) throw new RangeError('A pipe has at least one command.');
  if (commands.length === 1) return wireCommand(only);
  const last = commands.length - 1;
  const parts = commands.map((argv, at) => {
    const out = at === last ? ' >&4' : '';
    return `{ ${showCommand(argv)} 3>&-${out} 4>&-; echo ${at === last ? 'last' : at}=$? >&3; }`;
  });
  const statuses = `{ s=$( { ${parts.join(' | ')}; } 3>&1 ); } 4>&1`;
  const first = `r=0; for p in $s; do case $p in *=0) ;; [0-9]*=141) ;; *) r=\${p#*=}; break;; esac; done`;
  return underSh(`${FRAME}echo "${PID}$$" >&2; ${statuses}; ${first}; echo "${STATUS}$r" >&2`);
}

/** A line of stderr that belongs to the frame, or null for a line of the command's own. */
export function readFrameLine(line: string): { kind: 'pid' | 'status'; value: number } | null {
  for (const [kind, mark] of [['pid', PID] as const, ['status', STATUS] as const]) {
    const digits = line.startsWith(mark) ? line.slice(mark.length).trim() : '';
    if (/^\d+$/.test(digits)) return { kind, value: Number(digits) };
  }
  return null;
}

const FRAME_END = new RegExp(`(?:${PID}|${STATUS})\\d+\\s*$`);

/**
 * The frame's part at the end of a line of stderr and what the command itself left before it: a message without an
 * end of line (`zfs receive` killed half-way through a sentence) stands on the same line as the trailer.
 */
export function splitFrame(line: string): { own: string; frame: ReturnType<typeof readFrameLine> } {
  const at = line.search(FRAME_END);
  return at < 0 ? { own: line, frame: null } : { own: line.slice(0, at), frame: readFrameLine(line.slice(at)) };
}

/**
 * Ends the command whose frame reported `pid`: the process group that the frame's shell leads, else that shell and its children.
 * Never a group found by asking: under an SSH server that does not start a session for each command (dropbear) that would be the
 * server's own. (`-s TERM --` is the form that dash takes; it answers "Illegal number: -" to `kill -TERM -- -PID`.)
 */
export const wireEnd = (pid: number): WireText => underSh(`{ ${endGroup(pid)}; } 2>/dev/null`);

/** A stopped process heeds TERM only once it is continued: after TERM, so that it does nothing more in between. */
function endGroup(pid: number): string {
  checkPid(pid);
  const one = `pkill -TERM -P ${pid}; pkill -CONT -P ${pid}; kill -s TERM ${pid}; kill -s CONT ${pid}`;
  return `kill -s TERM -- -${pid} && { kill -s CONT -- -${pid}; true; } || { ${one}; }`;
}

/** 0 and 1 would end the group of the shell itself, and everything. */
function checkPid(pid: number): void {
  if (!Number.isSafeInteger(pid) || pid <= 1) throw new RangeError(`Not the pid of a command: ${pid}`);
}

const SENT = 'sluice-sent:';
const SENT_END = new RegExp(`${SENT}(\\d+)$`);
const WATCH = 'sluice-watch:';
const WATCH_LINE = new RegExp(`^${WATCH}(\\d+)$`);

/** A signal to all of a pipe: its process group, else the frame's shell, its children, and the first command, which is a grandchild. */
const signalPipe = (signal: 'TERM' | 'STOP' | 'CONT', pid: number | '$$'): string =>
  `kill -s ${signal} -- -${pid} || { for c in $(pgrep -P ${pid}); do pkill -${signal} -P $c; done; pkill -${signal} -P ${pid}; kill -s ${signal} ${pid}; }`;

/** What ends a pipe from within its own frame, also one that was stopped: see {@link endGroup}. */
const END_SELF = `${signalPipe('TERM', '$$')}; ${signalPipe('CONT', '$$')}`;

/**
 * Commands joined by pipes on one host, whose bytes never come here. Of the first, stderr stays stderr, and its status is a line
 * `sluice-sent:N` there; what the last one says on either of its outputs is stdout; the frame's status is the last one's.
 *
 * Stdin is the line to us and carries nothing: when it ends before the pipe does, the whole group is ended, so that nothing lives
 * on at a host that Sluice has lost. It has to be kept open until the end. What watches it is one process (a `cat` in its stead would
 * outlive it until stdin ends), whose pid is a line `sluice-watch:N` of stderr: {@link wireSuspend} needs it.
 *
 * @param commands at least two
 */
export function wirePipe(commands: readonly (readonly string[])[]): WireText {
  if (commands.length < 2) throw new RangeError('A pipe has at least two commands.');
  const parts = commands.map((argv, at) => {
    if (at === 0) return `{ ${showCommand(argv)} </dev/null; echo "${SENT}$?" >&2; }`;
    return at === commands.length - 1 ? `${showCommand(argv)} 2>&1` : showCommand(argv);
  });
  // A background job's stdin is /dev/null unless it is redirected (POSIX sh), hence the detour over 3.
  const watch = `exec 3<&0; { trap '' TERM; while read -r x; do :; done <&3; ${END_SELF}; } >/dev/null 2>&1 & w=$!; exec 3<&-; echo "${WATCH}$w" >&2`;
  return underSh(
    `${FRAME}echo "${PID}$$" >&2; ${watch}; ${parts.join(' | ')}; s=$?; kill -s KILL $w 2>/dev/null; echo "${STATUS}$s" >&2`,
  );
}

/**
 * Ends what a lost connection has left running: the command whose frame reported `pid`, if that pid still is that frame, and the
 * server's process of the dead connection, whose end closes the input of what runs with elevation and heeds no signal of ours.
 */
export function wireEndOrphan(pid: number, argv: readonly string[]): WireText {
  const end = endGroup(pid);
  const isFrame = `ps -o args= -p ${pid} | grep -F ${STATUS} | grep -qF -- ${quote(showCommand(argv))}`;
  const server = `p=$(ps -o ppid= -p ${pid} | tr -d ' '); c=$(ps -o comm= -p "$p")`;
  return underSh(
    `${isFrame} || exit 0; ${server}; { ${end}; case $c in *sshd*) kill -s TERM "$p";; esac; } 2>/dev/null; exit 0`,
  );
}

/** The status of a pipe's first command at the end of a line of its stderr, and what that command itself left before it. */
export function splitSent(line: string): { readonly own: string; readonly status: number | null } {
  const mark = SENT_END.exec(line);
  return mark === null ? { own: line, status: null } : { own: line.slice(0, mark.index), status: Number(mark[1]) };
}

/** The pid of what watches a pipe's stdin, or null for another line of its stderr. */
export function readWatch(line: string): number | null {
  const mark = WATCH_LINE.exec(line);
  return mark === null ? null : Number(mark[1]);
}

/**
 * Stops the pipe whose frame reported `pid`, all but what watches its line: a line that is lost then ends a stopped pipe, too.
 * (A stopped `zfs receive` keeps its dataset busy for ever.) A status other than 0 says that it was not stopped.
 *
 * @param watch the pid that {@link readWatch} found
 */
export function wireSuspend(pid: number, watch: number): WireText {
  checkPid(pid);
  checkPid(watch);
  return underSh(`{ ${signalPipe('STOP', pid)}; } && kill -s CONT ${watch}`);
}

/** Lets the pipe whose frame reported `pid` go on. */
export function wireContinue(pid: number): WireText {
  checkPid(pid);
  return underSh(signalPipe('CONT', pid));
}

/** A record separator (0x1E) cannot occur in ZFS's names, and no tool of a batch prints one. */
const SEPARATOR = '\u001e';

/**
 * Several reading commands in one round trip. On both stdout and stderr a line `RS INDEX STATUS` follows what each command said there.
 */
export function wireBatch(commands: readonly (readonly string[])[]): WireText {
  const parts = commands.map(
    (argv, index) =>
      `${showCommand(argv)} </dev/null; s=$?; printf '\\n\\036${index} %d\\n' $s; printf '\\n\\036${index} %d\\n' $s >&2`,
  );
  return underSh(`${FRAME}${parts.join('; ')}; echo "${STATUS}0" >&2`);
}

const MARK = `${SEPARATOR}(\\d+) (\\d+)`;
const MARK_LINE = new RegExp(`^${MARK}$`);

/** The line of stdout that ends a command of a batch, or null for a line of the command's own. */
export function readBatchMark(line: string): { readonly index: number; readonly status: number } | null {
  const mark = MARK_LINE.exec(line);
  return mark === null ? null : { index: Number(mark[1]), status: Number(mark[2]) };
}

export interface BatchPart {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** What stands before each mark; a mark without its end of line was cut, and its status may lack digits. */
function splitStream(text: string): Map<number, { text: string; status: number }> {
  const parts = new Map<number, { text: string; status: number }>();
  let from = 0;
  for (const mark of text.matchAll(new RegExp(`\n${MARK}\n`, 'g'))) {
    parts.set(Number(mark[1]), { text: text.slice(from, mark.index), status: Number(mark[2]) });
    from = mark.index + mark[0].length;
  }
  return parts;
}

/**
 * @returns one part a command of the batch, in order; null for commands whose end was never seen (the connection broke)
 */
export function readBatch(count: number, stdout: string, stderr: string): (BatchPart | null)[] {
  const out = splitStream(stdout);
  const errors = splitStream(stderr);
  return Array.from({ length: count }, (_, index) => {
    const part = out.get(index);
    return part === undefined
      ? null
      : { stdout: part.text, stderr: errors.get(index)?.text ?? '', status: part.status };
  });
}
