/**
 * A plan as a POSIX shell script that does the same by itself: with the plan's own argument lists, resumable, and safe to
 * read before it is run.
 */
import type { Plan } from '../model/plan.ts';
import { showCommand } from '../zfs/wire.ts';
import type { HostAccess } from './host-access.ts';
import { anyResumes, elevationOf, proofLines, type ScriptPlan, stepLines } from './script-steps.ts';
import { beginning, comment, indent, type ShellSide } from './shell-text.ts';

export interface ShellExport extends ScriptPlan {
  readonly source: HostAccess;
  readonly destination: HostAccess;
}

const zfsOn = (plan: Plan, side: ShellSide): string => `${side} ${showCommand([...elevationOf(plan, side), 'zfs'])}`;

function described(host: string, access: HostAccess): string {
  if (access.kind === 'local') return `${host}: the computer on which this script runs`;
  return `${host}: ${access.shown}${access.hostKey === null ? '' : `, host key ${access.hostKey}`}`;
}

function heading({ plan, source, destination }: ShellExport): string[] {
  const { request } = plan;
  return [
    '#!/bin/sh',
    comment(
      `Replicates ${request.source.host}:${request.source.dataset} to ${request.destination.host}:${request.destination.dataset}.`,
    ),
    '#',
    comment(`Source       ${described(request.source.host, source)}`),
    comment(`Destination  ${described(request.destination.host, destination)}`),
    ...(source.kind === 'ssh' && destination.kind === 'ssh'
      ? [comment('All data passes through the computer on which this script runs.')]
      : []),
    '#',
    comment(
      'It can be run again after a fault: what has arrived (told by its GUID) is left alone, and a stream that was cut',
    ),
    comment('resumes where it stopped. SSH may name another ssh with options. Host keys must be known to ssh already.'),
    ...plan.choices.map((choice) => comment(`- ${choice}`)),
    ...(plan.losses.length === 0
      ? ['#', comment('It deletes nothing.')]
      : [
          '#',
          comment('It DELETES at the destination:'),
          ...plan.losses.map((loss) => comment(`  ${loss.what} ${loss.name}`)),
        ]),
  ];
}

function questions(plan: Plan): string[] {
  const dst = zfsOn(plan, 'dst');
  const rollsBack = plan.steps.some((step) => step.kind === 'roll-back');
  const discards = plan.steps.some((step) => step.kind === 'discard-partial');
  return [
    comment('Questions; nothing is changed by them.'),
    `src_guid() { ${zfsOn(plan, 'src')} get -Hp -o value guid "$1" 2>/dev/null || :; }`,
    `dst_guid() { ${dst} get -Hp -o value guid "$1" 2>/dev/null || :; }`,
    `has() { [ -n "$2" ] && [ "$(dst_guid "$1")" = "$2" ]; }`,
    `exists() { ${dst} list -H -o name "$1" >/dev/null 2>&1; }`,
    ...(anyResumes(plan) || discards
      ? [`token_at() { ${dst} get -Hp -o value receive_resume_token "$1" 2>/dev/null | sed 's/^-$//' || :; }`]
      : []),
    ...(anyResumes(plan)
      ? [
          comment('The snapshot that a half-received stream is of; “unknown” if nobody can tell.'),
          'half_at() {',
          '  token=$(token_at "$1")',
          '  [ -n "$token" ] || return 0',
          `  name=$(${zfsOn(plan, 'src')} send -nvt "$token" 2>&1 | sed -n 's/^[[:space:]]*toname = //p' || :)`,
          `  printf '%s\\n' "\${name:-unknown}"`,
          '}',
        ]
      : []),
    ...(rollsBack
      ? [
          comment(
            'GUIDs and names of the snapshots and bookmarks that are younger than one of them; fails if that is not there.',
          ),
          'newer_than() {',
          `  ${dst} get -Hp -d 1 -o name,property,value guid,createtxg "$1" |`,
          `    awk -F '\\t' -v snap="$1@" -v mark="$1#" -v base="$2" '`,
          '      index($1, snap) != 1 && index($1, mark) != 1 { next }',
          '      $2 == "guid" { guid[$1] = $3; next }',
          '      { born[$1] = $3 + 0 }',
          '      END {',
          '        if (!(base in born)) exit 1',
          '        for (one in born) if (born[one] > born[base]) print guid[one], one | "sort"',
          "      }'",
          '}',
          'wrote_at_most() {',
          `  bytes=$(${dst} get -Hp -o value written "$2") || return 1`,
          '  [ "$bytes" = - ] || [ "$bytes" -le "$1" ]',
          '}',
        ]
      : []),
    'wrong=0',
    'same() {',
    '  if has "$2" "$(src_guid "$1")"; then say "proved: $2"; else say "NOT THE SAME: $2"; wrong=1; fi',
    '}',
  ];
}

/** A pool that is full refuses `zfs hold` and carries out `zfs release`. */
function holding({ steps }: Plan): string[] {
  if (!steps.some(({ kind }) => kind === 'hold' || kind === 'release')) return [];
  return [
    '',
    comment('Where a hold is refused, the older one stays: the next update may have to start from what it keeps.'),
    'unheld=',
    'hold() {',
    '  spot=$1; shift',
    '  said=$("$@" 2>&1) || case $said in',
    `    *'tag already exists'*) ;;`,
    '    *) unheld="$unheld $spot "; say "$said"; say "This failed, and the script continues: $*" ;;',
    '  esac',
    '}',
    'release() {',
    '  spot=$1; shift',
    '  case $unheld in',
    '    *" $spot "*) say "Not done, since the newer snapshot could not be held: $*" ;;',
    '    *) try "$@" ;;',
    '  esac',
    '}',
  ];
}

function slowing(plan: Plan): string[] {
  const { limit } = plan.request;
  if (limit === null) return [];
  return [
    '',
    comment(`At most ${Math.round(limit)} bytes per second.`),
    `slowly() { pv -q -L ${Math.round(limit)}; }`,
    `command -v pv >/dev/null || fail 'This script limits its rate with pv, which is not installed here.'`,
  ];
}

/** @param from a plan that is ready */
export function shellScript(from: ShellExport): string {
  const { plan } = from;
  const body = plan.steps.flatMap((step) => stepLines(from, step));
  return [
    ...heading(from),
    '',
    ...beginning(from.source, from.destination),
    '',
    ...questions(plan),
    ...holding(plan),
    ...slowing(plan),
    '',
    comment('All of it is read before the first line runs, and no command but a receive reads any input.'),
    'main() {',
    ...indent(body.length === 0 ? ["say 'There was nothing to send when this script was written.'"] : body),
    ...indent(proofLines(plan)),
    `  [ "$wrong" -eq 0 ] || fail 'Not everything arrived as it was sent.'`,
    "  say 'Done.'",
    '}',
    'main </dev/null',
    '',
  ].join('\n');
}
