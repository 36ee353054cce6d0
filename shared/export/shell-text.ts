/** Pieces of POSIX shell text: comments, lines, and the functions that a script begins with. */
import type { Command } from '../model/plan.ts';
import { quote, SEARCH_PATH, showCommand } from '../zfs/wire.ts';
import type { HostAccess } from './host-access.ts';

/** `src` or `dst`: the shell function that runs a command on that host. */
export type ShellSide = 'src' | 'dst';

/** One comment line whatever the text holds. */
export const comment = (text: string): string => `# ${text.replaceAll(/\p{Cc}+/gu, ' ')}`;

export const say = (text: string): string => `say ${quote(text)}`;
export const fail = (text: string): string => `fail ${quote(text)}`;
export const indent = (lines: readonly string[]): string[] => lines.map((line) => (line === '' ? '' : `  ${line}`));

/** A command of the plan, run on its side. */
export const onSide = (side: ShellSide, command: Command): string => `${side} ${showCommand(command.argv)}`;

const FIRST = `set -eu
# A pipe fails if any part of it does, where the shell knows that; without it the receiving end decides, and what
# arrived is compared by GUID in any case.
if (set -o pipefail) 2>/dev/null; then set -o pipefail; fi
LC_ALL=C
PATH="$PATH:${SEARCH_PATH}"
export LC_ALL PATH

say() { printf '%s\\n' "$*" >&2; }
fail() { say "$*"; exit 1; }
# For what keeps the next update easy, but is not the copy itself.
try() { "$@" || say "This failed, and the script continues: $*"; }`;

const REMOTE = `SSH=\${SSH:-ssh}
# Puts quotes round arguments for a shell that reads them once more.
quoted() {
  for argument do
    text=
    while :; do
      case $argument in
        *\\'*) text="$text\${argument%%\\'*}'\\\\''"; argument=\${argument#*\\'} ;;
        *) break ;;
      esac
    done
    printf "'%s' " "$text$argument"
  done
}
# The shell text that runs a command on another host, whatever login shell the user has there: inside quotes fish takes \\\\ and
# \\' for escapes, and csh looks for history at !, so these stand between them.
there() {
  script="LC_ALL=C PATH=\\"\\$PATH:${SEARCH_PATH}\\"; export LC_ALL PATH; exec $(quoted "$@")"
  printf "/bin/sh -c '%s'" "$(printf '%s\\n' "$script" | sed "s/['\\\\!]/'\\\\\\\\&'/g")"
}`;

function side(name: ShellSide, access: HostAccess): string {
  if (access.kind === 'local') return `${name}() { "$@"; }`;
  return `${name}() { $SSH ${showCommand(access.argv)} "$(there "$@")"; }`;
}

/** The functions every script has: `say`, `fail`, `try`, and `src` and `dst` that run a command on either host. */
export function beginning(source: HostAccess, destination: HostAccess): string[] {
  const remote = source.kind === 'ssh' || destination.kind === 'ssh';
  return [
    FIRST,
    ...(remote ? ['', REMOTE] : []),
    '',
    comment('Each runs a command, given as its arguments, on one of the two hosts.'),
    side('src', source),
    side('dst', destination),
  ];
}
