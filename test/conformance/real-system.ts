/** A host with real ZFS under test: all questions of several scenarios travel in one script. */
import type { Pools } from './names.ts';
import type { ConformanceSystem, Question } from './play.ts';
import type { Dialect } from './scenario.ts';
import type { Answer } from './verdict.ts';

export interface RealHost {
  readonly name: string;
  readonly dialect: Dialect;
  readonly pools: Pools;
  /** Where the pools are mounted: a pool P at `MOUNTS/P`; empty for `/P`. */
  readonly mounts: string;
  /** The account of the user without rights. */
  readonly delegate: string;
  /** Runs a script by `sh` as root. @returns its stdout */
  script(text: string): Promise<string>;
}

/** So many scenarios travel together: few round trips. */
const AT_ONCE = 10;

const DAMAGE = 'DAMAGED!';

function shellFor(host: RealHost, command: string, file: number): string {
  const writing = /^write (\S+) (\d+)$/.exec(command);
  if (writing !== null) {
    const [, dataset, kib] = writing;
    return `dd if=/dev/urandom of=${host.mounts}/${dataset}/file${file} bs=1024 count=${kib} 2>/dev/null`;
  }
  return command
    .replaceAll(/\{token ([^}]+)\}/g, '$(zfs get -H -o value receive_resume_token $1)')
    .replaceAll(/\{damage (\d+)\}/g, `{ head -c $1; printf ${DAMAGE}; head -c ${DAMAGE.length} >/dev/null; cat; }`)
    .replaceAll('{user}', host.delegate);
}

/** As one argument; nothing in the scenarios has a single quote in it. */
function quoted(text: string): string {
  if (text.includes("'")) throw new Error(`A scenario's command has a single quote in it: ${text}`);
  return `'${text}'`;
}

function scriptFor(host: RealHost, scenarios: readonly (readonly Question[])[]): string {
  const steps = scenarios.flatMap((questions, scenario) =>
    questions.map(({ command, user }, step) => {
      const shell = shellFor(host, command, step);
      // A subshell costs less than a shell: an emulated guest takes a tenth of a second to start a program.
      const run = user === 'root' ? `( ${shell} )` : `runuser -u ${host.delegate} -- sh -c ${quoted(shell)}`;
      const at = `${scenario}.${step}`;
      return `${run} >${at}.out 2>${at}.err </dev/null; echo $? >${at}.status`;
    }),
  );
  return [
    'export LC_ALL=C TZ=UTC PATH=/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin',
    'folder=$(mktemp -d) && cd "$folder" || exit 1',
    ...steps,
    // Each line with the file it is from, in one command.
    'grep -a -H "" -- *',
    'cd / && rm -r "$folder"',
    '',
  ].join('\n');
}

function readAnswers(text: string, scenarios: readonly (readonly Question[])[]): Answer[][] {
  const files = new Map<string, string>();
  for (const line of text.split('\n')) {
    const found = /^(\d+\.\d+\.(?:out|err|status)):(.*)$/s.exec(line);
    if (found === null) continue;
    const [, file = '', content = ''] = found;
    files.set(file, `${files.get(file) ?? ''}${content}\n`);
  }
  return scenarios.map((questions, scenario) =>
    questions.map((_, step) => {
      const read = (what: string) => files.get(`${scenario}.${step}.${what}`) ?? '';
      const status = read('status').trim();
      return { status: status === '' ? null : Number(status), stdout: read('out'), stderr: read('err') };
    }),
  );
}

export function realSystem(host: RealHost): ConformanceSystem {
  return {
    name: host.name,
    dialect: host.dialect,
    pools: host.pools,
    async play(scenarios) {
      const answers: Answer[][] = [];
      // One script after the other. Side by side they get in each other's way: OpenZFS said "mountpoint or dataset is busy"
      // to a `zfs create`, and zfs-fuse's threads lock each other out for good.
      for (let at = 0; at < scenarios.length; at += AT_ONCE) {
        const batch = scenarios.slice(at, at + AT_ONCE);
        answers.push(...readAnswers(await host.script(scriptFor(host, batch)), batch));
      }
      return answers;
    },
  };
}
