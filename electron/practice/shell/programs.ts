/** The programs of a practice host and the folders they are in. */
import { runZfs } from '../zfs/main.ts';
import { runZpool } from '../zpool/main.ts';
import { runProgram, runScript } from './interpreter.ts';
import { complain, type Installed, type Process, type Program, ROOT, SIGNALS, say } from './process.ts';

async function uname(process: Process): Promise<number> {
  const letters = process.argv.slice(1).join('').replaceAll('-', '') || 's';
  const parts: Readonly<Record<string, string>> = {
    ...process.system.dialect.system,
    n: process.system.machine.name,
  };
  const wanted = letters.includes('a') ? 'snrvmo' : [...'snrvmo'].filter((letter) => letters.includes(letter)).join('');
  await say(process, `${[...wanted].map((letter) => parts[letter]).join(' ')}\n`);
  return 0;
}

/** Numbers of users who are not root begin here, as on Debian. */
const FIRST_UID = 1000;

async function id(process: Process): Promise<number> {
  const { name, root } = process.user;
  const uid = root ? '0' : String(FIRST_UID);
  const options = process.argv.slice(1).join('').replaceAll('-', '');
  const numeric = options === 'u' || options === 'g';
  const named = options === 'un' || options === 'nu' || options === 'gn' || options === 'ng';
  await say(
    process,
    numeric ? `${uid}\n` : named ? `${name}\n` : `uid=${uid}(${name}) gid=${uid}(${name}) groups=${uid}(${name})\n`,
  );
  return 0;
}

async function cat(process: Process): Promise<number> {
  const [, file] = process.argv;
  if (file !== undefined && file !== '-') {
    await complain(process, `cat: ${file}: No such file or directory\n`);
    return 1;
  }
  for (let data = await process.stdin.read(); data !== null; data = await process.stdin.read()) {
    await process.stdout.write(data);
  }
  return 0;
}

/** `head -c BYTES`, the usual way to cut a stream. */
async function head(process: Process): Promise<number> {
  const [, option, count] = process.argv;
  let left = Number(count);
  if (option !== '-c' || !Number.isSafeInteger(left)) {
    await complain(process, 'head: only -c BYTES is part of this host\n');
    return 1;
  }
  while (left > 0) {
    const data = await process.stdin.read();
    if (data === null) return 0;
    await process.stdout.write(data.subarray(0, left));
    left -= data.length;
  }
  return 0;
}

async function date(process: Process): Promise<number> {
  const [, format] = process.argv;
  const now = new Date(process.system.machine.now() * 1000);
  if (format !== undefined && format !== '+%s') {
    await complain(process, `date: invalid date '${format}'\n`);
    return 1;
  }
  await say(process, `${format === '+%s' ? process.system.machine.now() : now.toUTCString()}\n`);
  return 0;
}

/** `ps` with columns chosen by `-o`, of all processes whatever else is asked. */
async function ps(process: Process): Promise<number> {
  const words = process.argv.slice(1);
  const at = words.findIndex((word) => /^-?[A-Za-z]*o$/.test(word));
  const wanted = at < 0 ? 'pid,args' : (words[at + 1] ?? '');
  const columns = wanted.split(',').map((column) => column.replace(/=.*$/, ''));
  const heading = wanted.includes('=') ? [] : [columns.map((column) => column.toUpperCase())];
  const rows = process.system.processes.all().map((entry) => {
    const args = entry.argv.join(' ');
    const facts: Readonly<Record<string, string>> = {
      pid: String(entry.pid),
      ppid: String(entry.parent),
      pgid: String(entry.group),
      pgrp: String(entry.group),
      user: entry.user.name,
      args,
      cmd: args,
      command: args,
      comm: entry.argv[0]?.split('/').at(-1) ?? '',
    };
    return columns.map((column) => facts[column] ?? '-');
  });
  await say(process, [...heading, ...rows].map((row) => `${row.join(' ')}\n`).join(''));
  return 0;
}

/** `pkill -SIGNAL -P PARENT`: the children of a process. */
async function pkill(process: Process): Promise<number> {
  const [, option = '', parentOption, parent = ''] = process.argv;
  const signal = option.replace(/^-(SIG)?/, '');
  if (parentOption !== '-P' || !SIGNALS.has(signal)) {
    await complain(process, 'pkill: only -SIGNAL -P PARENT is part of this host\n');
    return 2;
  }
  const children = process.system.processes
    .all()
    .filter((one) => one.parent === Number(parent) && one.pid !== process.pid);
  for (const child of children) process.system.processes.kill(child.pid, signal);
  return children.length > 0 ? 0 : 1;
}

/** What `sudo -S` takes from whoever has to say one: a practice host has no secrets. */
export const SUDO_PASSWORD = 'practice';

/** Reads one line of standard input, as `sudo -S` does. */
async function knowsPassword(process: Process): Promise<boolean> {
  let text = '';
  while (!text.includes('\n')) {
    const data = await process.stdin.read();
    if (data === null) break;
    text += data.toString();
  }
  if (text.split('\n')[0] === SUDO_PASSWORD) return true;
  await complain(process, 'Sorry, try again.\nsudo: no password was provided\nsudo: 1 incorrect password attempt\n');
  return false;
}

/** Who may not do without a password is refused in sudo's words, unless `-S` reads the right one. */
async function sudo(process: Process): Promise<number> {
  const words = process.argv.slice(1);
  const { user } = process;
  if (words[0] === '-S') {
    // The prompt is an argument of its own: `sudo -S -k -p '' -- zfs …`.
    words.splice(0, words.indexOf('--') + 1);
    if (!(await knowsPassword(process))) return 1;
  } else if (!user.root && user.sudo === 'nothing') {
    await complain(
      process,
      words[0] === '-n'
        ? 'sudo: a password is required\n'
        : 'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required\n',
    );
    return 1;
  }
  while (words[0] === '-n' || words[0] === '--') words.shift();
  if (words[0] === '-l' || words[0] === '-v') {
    const { name } = process.system.machine;
    if (words[0] === '-l')
      await say(process, `User ${user.name} may run the following commands on ${name}:\n    (ALL : ALL) ALL\n`);
    return 0;
  }
  const [name] = words;
  if (name === undefined || name.startsWith('-')) {
    await complain(process, 'usage: sudo -h | -K | -k | -V\n');
    return 1;
  }
  const program = findProgram(name, SUDO_PATH);
  if (program === null) {
    await complain(process, `sudo: ${name}: command not found\n`);
    return 1;
  }
  return runProgram(program.run, { ...process, user: ROOT, argv: words });
}

async function sh(process: Process): Promise<number> {
  const [, option, script, name] = process.argv;
  if (option !== '-c' || script === undefined) {
    await complain(process, 'sh: 0: only -c is part of this shell\n');
    return 2;
  }
  return runScript(process, script, name ?? 'sh');
}

/** Debian's `secure_path`. */
const SUDO_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const INSTALLED: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['/usr/sbin/zfs', runZfs],
  ['/sbin/zfs', runZfs],
  ['/usr/sbin/zpool', runZpool],
  ['/sbin/zpool', runZpool],
  ['/usr/bin/uname', uname],
  ['/bin/uname', uname],
  ['/usr/bin/id', id],
  ['/usr/bin/cat', cat],
  ['/bin/cat', cat],
  ['/usr/bin/head', head],
  ['/usr/bin/date', date],
  ['/bin/date', date],
  ['/usr/bin/ps', ps],
  ['/bin/ps', ps],
  ['/usr/bin/pkill', pkill],
  ['/usr/bin/sudo', sudo],
  ['/bin/sh', sh],
  ['/usr/bin/sh', sh],
  ['/usr/bin/true', () => Promise.resolve(0)],
  ['/bin/true', () => Promise.resolve(0)],
]);

/** @param path folders separated by colons, as in PATH; not looked at for a name with a slash */
export function findProgram(name: string, path: string): Installed | null {
  const candidates = name.includes('/') ? [name] : path.split(':').map((folder) => `${folder}/${name}`);
  for (const candidate of candidates) {
    const run = INSTALLED.get(candidate);
    if (run !== undefined) return { path: candidate, run };
  }
  return null;
}
