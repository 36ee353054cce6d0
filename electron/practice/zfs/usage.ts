/** The usage texts of OpenZFS 2.3.9: Sluice reads a host's capabilities from their bracketed letters. */
import { PROPERTIES } from '../model/property-table.ts';
import type { DialectTable } from './dialect.ts';

const VERBS = {
  version: ['version [-j]'],
  create: [
    'create [-Pnpuv] [-o property=value] ... <filesystem>',
    'create [-Pnpsv] [-b blocksize] [-o property=value] ... -V <size> <volume>',
  ],
  destroy: [
    'destroy [-fnpRrv] <filesystem|volume>',
    'destroy [-dnpRrv] <filesystem|volume>@<snap>[%<snap>][,...]',
    'destroy <filesystem|volume>#<bookmark>',
  ],
  snapshot: ['snapshot [-r] [-o property=value] ... <filesystem|volume>@<snap> ...'],
  rollback: ['rollback [-rRf] <snapshot>'],
  clone: ['clone [-p] [-o property=value] ... <snapshot> <filesystem|volume>'],
  promote: ['promote <clone-filesystem>'],
  rename: [
    'rename [-f] <filesystem|volume|snapshot> <filesystem|volume|snapshot>',
    'rename -p [-f] <filesystem|volume> <filesystem|volume>',
    'rename -u [-f] <filesystem> <filesystem>',
    'rename -r <snapshot> <snapshot>',
  ],
  bookmark: ['bookmark <snapshot|bookmark> <newbookmark>'],
  diff: ['diff [-FHth] <snapshot> [snapshot|filesystem]'],
  list: [
    'list [-Hp] [-j [--json-int]] [-r|-d max] [-o property[,...]] [-s property]...',
    '    [-S property]... [-t type[,...]] [filesystem|volume|snapshot] ...',
  ],
  set: ['set [-u] <property=value> ... <filesystem|volume|snapshot> ...'],
  get: [
    'get [-rHp] [-j [--json-int]] [-d max] [-o "all" | field[,...]]',
    '    [-t type[,...]] [-s source[,...]]',
    '    <"all" | property[,...]> [filesystem|volume|snapshot|bookmark] ...',
  ],
  inherit: ['inherit [-rS] <property> <filesystem|volume|snapshot> ...'],
  mount: ['mount [-j]', 'mount [-flvO] [-o opts] <-a|-R filesystem|filesystem>'],
  unmount: ['unmount [-fu] <-a | filesystem|mountpoint>'],
  send: [
    'send [-DLPbcehnpsVvw] [-i|-I snapshot]',
    '     [-R [-X dataset[,dataset]...]]     <snapshot>',
    'send [-DnVvPLecw] [-i snapshot|bookmark] <filesystem|volume|snapshot>',
    'send [-DnPpVvLec] [-i bookmark|snapshot] --redact <bookmark> <snapshot>',
    'send [-nVvPe] -t <receive_resume_token>',
    'send [-PnVv] --saved filesystem',
  ],
  receive: [
    'receive [-vMnsFhu] [-o <property>=<value>] ... [-x <property>] ...',
    '    <filesystem|volume|snapshot>',
    'receive [-vMnsFhu] [-o <property>=<value>] ... [-x <property>] ... ',
    '    [-d | -e] <filesystem>',
    'receive -A <filesystem|volume>',
  ],
  allow: [
    'allow <filesystem|volume>',
    'allow [-ldug] <"everyone"|user|group>[,...] <perm|@setname>[,...]',
    '    <filesystem|volume>',
    'allow [-ld] -e <perm|@setname>[,...] <filesystem|volume>',
    'allow -c <perm|@setname>[,...] <filesystem|volume>',
    'allow -s @setname <perm|@setname>[,...] <filesystem|volume>',
  ],
  unallow: [
    'unallow [-rldug] <"everyone"|user|group>[,...]',
    '    [<perm|@setname>[,...]] <filesystem|volume>',
    'unallow [-rld] -e [<perm|@setname>[,...]] <filesystem|volume>',
    'unallow [-r] -c [<perm|@setname>[,...]] <filesystem|volume>',
    'unallow [-r] -s @setname [<perm|@setname>[,...]] <filesystem|volume>',
  ],
  hold: ['hold [-r] <tag> <snapshot> ...'],
  holds: ['holds [-rHp] <snapshot> ...'],
  release: ['release [-r] <tag> <snapshot> ...'],
  'load-key': ['load-key [-rn] [-L <keylocation>] <-a | filesystem|volume>'],
  'unload-key': ['unload-key [-r] <-a | filesystem|volume>'],
  'change-key': [
    'change-key [-l] [-o keyformat=<value>]',
    '    [-o keylocation=<value>] [-o pbkdf2iters=<value>]',
    '    <filesystem|volume>',
    'change-key -i [-l] <filesystem|volume>',
  ],
} as const;

export type Verb = keyof typeof VERBS;

export const isVerb = (name: string): name is Verb => Object.hasOwn(VERBS, name);

/** Verbs whose usage is followed by the table of properties. */
const WITH_PROPERTIES: ReadonlySet<Verb> = new Set(['set', 'get', 'inherit', 'list']);

const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);

function propertyTable(): string {
  const rows = [
    ...PROPERTIES.filter((row) => row.attribute === 'readonly').sort(byName),
    ...PROPERTIES.filter((row) => row.attribute !== 'readonly').sort(byName),
  ].map((row) => {
    const editable = row.attribute === 'inherit' || row.attribute === 'default' ? 'YES' : ' NO';
    const inheritable = row.attribute === 'inherit' || row.attribute === 'onetime' ? 'YES' : ' NO';
    return `\t${row.name.padEnd(21)}  ${editable}      ${inheritable}   ${row.values}`;
  });
  const used = ['userused', 'groupused', 'projectused', 'userobjused', 'groupobjused', 'projectobjused'];
  const quota = used.map((name) => name.replace('used', 'quota'));
  const special = [
    ...used.map((name) => `\t${`${name}@...`.padEnd(22)}  NO       NO   <size>`),
    ...quota.map((name) => `\t${`${name}@...`.padEnd(22)} YES       NO   <size> | none`),
    `\t${'written@<snap>'.padEnd(22)}  NO       NO   <size>`,
    `\t${'written#<bookmark>'.padEnd(22)}  NO       NO   <size>`,
  ];
  return [
    '',
    'The following properties are supported:',
    '',
    `\t${'PROPERTY'.padEnd(21)} EDIT  INHERIT   VALUES`,
    '',
    ...rows,
    ...special,
    '',
    'Sizes are specified in bytes with standard units such as K, M, G, etc.',
    '',
    'User-defined properties can be specified by using a name containing a colon (:).',
    '',
    'The {user|group|project}[obj]{used|quota}@ properties must be appended with',
    'a user|group|project specifier of one of these forms:',
    '    POSIX name      (eg: "matt")',
    '    POSIX id        (eg: "126829")',
    '    SMB name@domain (eg: "matt@sun")',
    '    SMB SID         (eg: "S-1-234-567-89")',
  ].join('\n');
}

const HINTS = [
  '',
  'For the property list, run: zfs set|get',
  '',
  'For the delegated permission list, run: zfs allow|unallow',
  '',
  'For further help on a command or topic, run: zfs help [<topic>]',
].join('\n');

const formOf = (verb: Verb, dialect: DialectTable): readonly string[] => dialect.verbs[verb]?.usage ?? VERBS[verb];

/** What a verb prints when it is called wrongly. */
export function usageOf(verb: Verb, dialect: DialectTable): string {
  const lines = formOf(verb, dialect)
    .map((line) => `\t${line}`)
    .join('\n');
  return `usage:\n${lines}\n${WITH_PROPERTIES.has(verb) ? propertyTable() : HINTS}\n`;
}

const BLOCKS: readonly (readonly Verb[])[] = [
  ['version'],
  ['create', 'destroy'],
  ['snapshot', 'rollback', 'clone', 'promote', 'rename', 'bookmark', 'diff'],
  ['list'],
  ['set', 'get', 'inherit'],
  ['mount', 'unmount'],
  ['send', 'receive'],
  ['allow', 'unallow'],
  ['hold', 'holds', 'release'],
  ['load-key', 'unload-key', 'change-key'],
];

/** What `zfs` prints when the command itself is not understood: the verbs a practice host has. */
export function usageOfAll(dialect: DialectTable): string {
  const blocks = BLOCKS.map((verbs) =>
    verbs
      .flatMap((verb) => (dialect.verbs[verb] === null ? [] : formOf(verb, dialect)).map((line) => `\t${line}\n`))
      .join(''),
  ).join('\n');
  const head = "usage: zfs command args ...\nwhere 'command' is one of the following:\n\n";
  return `${head}${blocks}\nEach dataset is of the form: pool/[dataset/]*dataset[@name]\n${HINTS}\n`;
}
