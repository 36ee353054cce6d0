/**
 * Which ZFS a practice host pretends to have: what its tools call themselves, which verbs, letters and properties they know.
 * All but OpenZFS 2.3 are simulated from their manuals and usage texts (zfs-fuse 0.7 and OpenZFS 0.8 as recorded, illumos
 * and Solaris as documented); what they would do otherwise with the same letters is not, except Solaris's `-r` and `-c`.
 */
import type { PracticeDialect } from '../../../shared/model/practice.ts';
import type { Verb } from './usage.ts';

/** A verb as this dialect has it. */
interface VerbForm {
  readonly usage: readonly string[];
  /** As for {@link readOptions}: letters, with a colon behind those that take an argument. */
  readonly options: string;
}

export interface DialectTable {
  readonly name: PracticeDialect;
  readonly system: {
    readonly s: string;
    readonly r: string;
    readonly v: string;
    readonly m: string;
    readonly o: string;
  };
  /** What `zfs version` says; null where there is no such verb. */
  readonly version: string | null;
  /** It refuses and ends as zfs-fuse 0.7 was seen to. */
  readonly old: boolean;
  /** Verbs that differ from OpenZFS 2.3; null: unknown. */
  readonly verbs: Partial<Readonly<Record<Verb, VerbForm | null>>>;
  /** Properties of OpenZFS 2.3 that are not there. */
  readonly lacks: ReadonlySet<string>;
}

const LINUX = { s: 'Linux', m: 'x86_64', o: 'GNU/Linux' };
const KEYS = ['encryption', 'encryptionroot', 'keystatus', 'keyformat', 'keylocation', 'pbkdf2iters'];
const YOUNG = ['snapshots_changed', 'prefetch', 'volthreading', 'direct', 'longname', 'redact_snaps'];
const OPENZFS_ONLY = [
  'relatime',
  'acltype',
  'volmode',
  'overlay',
  'dnodesize',
  'special_small_blocks',
  'snapdev',
  ...YOUNG,
];

const RECEIVE_08: VerbForm = {
  usage: [
    'receive [-vnsFhu] [-o <property>=<value>] ... [-x <property>] ...',
    '    <filesystem|volume|snapshot>',
    'receive [-vnsFhu] [-o <property>=<value>] ... [-x <property>] ... ',
    '    [-d | -e] <filesystem>',
    'receive -A <filesystem|volume>',
  ],
  options: 'o:x:dehnuvFsA',
};

const SEND_08: VerbForm = {
  usage: [
    'send [-DnPpRvLecwhb] [-[i|I] snapshot] <snapshot>',
    'send [-nvPLecw] [-i snapshot|bookmark] <filesystem|volume|snapshot>',
    'send [-nvPe] -t <receive_resume_token>',
  ],
  options: 'i:I:RDpvnPLehbcwt:',
};

const form = (usage: readonly string[], options: string): VerbForm => ({ usage, options });

const DIALECTS: readonly DialectTable[] = [
  {
    name: 'openzfs-2.3',
    system: { ...LINUX, r: '6.12.48+deb13-amd64', v: '#1 SMP PREEMPT_DYNAMIC Debian 6.12.48-1 (2025-09-20)' },
    version: '2.3.9-0+deb13u1',
    old: false,
    verbs: {},
    lacks: new Set(),
  },
  {
    name: 'openzfs-0.8',
    system: { ...LINUX, r: '5.4.0-216-generic', v: '#236-Ubuntu SMP' },
    version: '0.8.6-1',
    old: false,
    verbs: { send: SEND_08, receive: RECEIVE_08 },
    lacks: new Set(YOUNG),
  },
  {
    name: 'illumos',
    system: { s: 'SunOS', r: '5.11', v: 'omnios-r151054', m: 'i86pc', o: 'illumos' },
    version: null,
    old: false,
    verbs: { version: null, send: SEND_08, receive: RECEIVE_08 },
    lacks: new Set(OPENZFS_ONLY),
  },
  {
    name: 'solaris-11.4',
    system: { s: 'SunOS', r: '5.11', v: '11.4.63.155.0', m: 'i86pc', o: 'Solaris' },
    version: null,
    old: false,
    verbs: {
      version: null,
      bookmark: null,
      send: {
        usage: ['send [-DRbcnprv] [-w compress|none] [-s nocheck] [-i|-I snapshot] <snapshot>', 'send -C'],
        options: 'i:I:DRbcnprvw:s:C',
      },
      receive: {
        usage: [
          'receive [-Fnuv] [-o <property>=<value>] ... [-x <property>] ... <filesystem|volume|snapshot>',
          'receive -C <filesystem|volume>',
        ],
        options: 'o:x:FnuvdeC',
      },
      'load-key': null,
      'unload-key': null,
      'change-key': null,
    },
    lacks: new Set(['receive_resume_token', 'written', ...OPENZFS_ONLY, ...KEYS]),
  },
  {
    name: 'legacy',
    system: { ...LINUX, r: '3.16.0-11-amd64', v: '#1 SMP Debian 3.16.84-1' },
    version: null,
    old: true,
    verbs: {
      version: null,
      bookmark: null,
      diff: null,
      'load-key': null,
      'unload-key': null,
      'change-key': null,
      send: { usage: ['send [-RDp] [-[iI] snapshot] <snapshot>'], options: 'i:I:RDpv' },
      receive: {
        usage: ['receive [-vnF] <filesystem|volume|snapshot>', 'receive [-vnF] -d <filesystem>'],
        options: 'vnFdeu',
      },
      list: form(
        [
          'list [-rH][-d max] [-o property[,...]] [-t type[,...]] [-s property] ...',
          '    [-S property] ... [filesystem|volume|snapshot] ...',
        ],
        'HS:d:o:rs:t:',
      ),
      get: form(
        [
          'get [-rHp] [-d max] [-o "all" | field[,...]] [-s source[,...]]',
          '    <"all" | property[,...]> [filesystem|volume|snapshot] ...',
        ],
        'd:o:s:rHp',
      ),
      destroy: form(['destroy [-rRf] <filesystem|volume>', 'destroy [-rRd] <snapshot>'], 'dfrR'),
      snapshot: form(['snapshot [-r] [-o property=value] ... <filesystem@snapname|volume@snapname>'], 'ro:'),
    },
    lacks: new Set([
      'receive_resume_token',
      'written',
      'logicalused',
      'logicalreferenced',
      'clones',
      'refcompressratio',
      ...OPENZFS_ONLY,
      ...KEYS,
    ]),
  },
];

export function dialectNamed(name: PracticeDialect): DialectTable {
  const found = DIALECTS.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no dialect ${name}.`);
  return found;
}
