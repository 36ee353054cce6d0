/**
 * The properties of OpenZFS 2.3.9 in the order of `zfs get all`, as its own usage text and `zfs_prop.c` give them:
 * what may be set, what is inherited, to what it applies, how it is written.
 */

/** `onetime` ones are set when a dataset is made; `default` ones are not inherited. */
export type Attribute = 'readonly' | 'inherit' | 'default' | 'onetime' | 'onetime-default';
/** `limit` is a size where 0 is shown as `none`; `text` is shown as it is. */
export type Form = 'size' | 'limit' | 'count' | 'id' | 'ratio' | 'date' | 'text';
export type Kind = 'filesystem' | 'volume' | 'snapshot' | 'bookmark';

export interface PropertyRow {
  readonly name: string;
  readonly attribute: Attribute;
  readonly form: Form;
  readonly kinds: readonly Kind[];
  /** The heading in `zfs list`. */
  readonly column: string;
  readonly fallback: string;
  /** What the usage text says of its values. */
  readonly values: string;
}

const KINDS: Readonly<Record<string, Kind>> = { f: 'filesystem', v: 'volume', s: 'snapshot', b: 'bookmark' };

function row(text: string): PropertyRow {
  const [name = '', attribute = '', form = '', kinds = '', column = '', fallback = '', values = ''] = text.split(';');
  return {
    name,
    attribute: attribute as Attribute,
    form: form as Form,
    kinds: [...kinds].flatMap((letter) => KINDS[letter] ?? []),
    column,
    fallback,
    values,
  };
}

const ON_OFF = 'on | off';
const LIMIT = '<size> | none';

export const PROPERTIES: readonly PropertyRow[] = [
  'type;readonly;text;fvsb;TYPE;-;filesystem | volume | snapshot | bookmark',
  'creation;readonly;date;fvsb;CREATION;-;<date>',
  'used;readonly;size;fvs;USED;-;<size>',
  'available;readonly;size;fv;AVAIL;-;<size>',
  'referenced;readonly;size;fvsb;REFER;-;<size>',
  'compressratio;readonly;ratio;fvs;RATIO;-;<1.00x or higher if compressed>',
  'mounted;readonly;text;f;MOUNTED;-;yes | no',
  'origin;readonly;text;fv;ORIGIN;-;<snapshot>',
  `quota;default;limit;f;QUOTA;0;${LIMIT}`,
  `reservation;default;limit;fv;RESERV;0;${LIMIT}`,
  'volsize;default;size;vs;VOLSIZE;0;<size>',
  'volblocksize;onetime;size;v;VOLBLOCK;16384;512 to 128k, power of 2',
  'recordsize;inherit;size;f;RECSIZE;131072;512 to 1M, power of 2',
  'mountpoint;inherit;text;f;MOUNTPOINT;/;<path> | legacy | none',
  'sharenfs;inherit;text;f;SHARENFS;off;on | off | NFS share options',
  'checksum;inherit;text;fv;CHECKSUM;on;on | off | fletcher2 | fletcher4 | sha256 | sha512 | skein | edonr | blake3',
  'compression;inherit;text;fv;COMPRESS;on;on | off | lzjb | gzip | gzip-[1-9] | zle | lz4 | zstd | zstd-[1-19] | zstd-fast | zstd-fast-[1-10,20,30,40,50,60,70,80,90,100,500,1000]',
  `atime;inherit;text;f;ATIME;on;${ON_OFF}`,
  `devices;inherit;text;fs;DEVICES;on;${ON_OFF}`,
  `exec;inherit;text;fs;EXEC;on;${ON_OFF}`,
  `setuid;inherit;text;fs;SETUID;on;${ON_OFF}`,
  `readonly;inherit;text;fv;RDONLY;off;${ON_OFF}`,
  `zoned;inherit;text;f;ZONED;off;${ON_OFF}`,
  'snapdir;inherit;text;f;SNAPDIR;hidden;disabled | hidden | visible',
  'aclmode;inherit;text;f;ACLMODE;discard;discard | groupmask | passthrough | restricted',
  'aclinherit;inherit;text;f;ACLINHERIT;restricted;discard | noallow | restricted | passthrough | passthrough-x',
  'createtxg;readonly;id;fvsb;CREATETXG;-;<uint64>',
  'canmount;default;text;f;CANMOUNT;on;on | off | noauto',
  'xattr;inherit;text;fs;XATTR;on;on | off | dir | sa',
  'copies;inherit;text;fv;COPIES;1;1 | 2 | 3',
  'version;default;text;fs;VERSION;5;1 | 2 | 3 | 4 | 5 | current',
  `utf8only;onetime;text;fs;UTF8ONLY;off;${ON_OFF}`,
  'normalization;onetime;text;fs;NORMALIZATION;none;none | formC | formD | formKC | formKD',
  'casesensitivity;onetime;text;fs;CASE;sensitive;sensitive | insensitive | mixed',
  `vscan;inherit;text;f;VSCAN;off;${ON_OFF}`,
  `nbmand;inherit;text;fs;NBMAND;off;${ON_OFF}`,
  'sharesmb;inherit;text;f;SHARESMB;off;on | off | SMB share options',
  `refquota;default;limit;f;REFQUOTA;0;${LIMIT}`,
  `refreservation;default;limit;fv;REFRESERV;0;${LIMIT}`,
  'guid;readonly;id;fvsb;GUID;-;<uint64>',
  'primarycache;inherit;text;fvs;PRIMARYCACHE;all;all | none | metadata',
  'secondarycache;inherit;text;fvs;SECONDARYCACHE;all;all | none | metadata',
  'usedbysnapshots;readonly;size;fv;USEDSNAP;-;<size>',
  'usedbydataset;readonly;size;fv;USEDDS;-;<size>',
  'usedbychildren;readonly;size;fv;USEDCHILD;-;<size>',
  'usedbyrefreservation;readonly;size;fv;USEDREFRESERV;-;<size>',
  'defer_destroy;readonly;text;s;DEFER_DESTROY;-;yes | no',
  'userrefs;readonly;count;s;USERREFS;-;<count>',
  'logbias;inherit;text;fv;LOGBIAS;latency;latency | throughput',
  'objsetid;readonly;id;fvs;OBJSETID;-;<uint64>',
  'dedup;inherit;text;fv;DEDUP;off;on | off | verify | sha256[,verify] | sha512[,verify] | skein[,verify] | edonr,verify | blake3[,verify]',
  'mlslabel;inherit;text;fvs;MLSLABEL;none;<sensitivity label>',
  'sync;inherit;text;fv;SYNC;standard;standard | always | disabled',
  'dnodesize;inherit;text;f;DNSIZE;legacy;legacy | auto | 1k | 2k | 4k | 8k | 16k',
  'refcompressratio;readonly;ratio;fvs;REFRATIO;-;<1.00x or higher if compressed>',
  'written;readonly;size;fvs;WRITTEN;-;<size>',
  'clones;readonly;text;s;CLONES;-;<dataset>[,...]',
  'logicalused;readonly;size;fv;LUSED;-;<size>',
  'logicalreferenced;readonly;size;fvsb;LREFER;-;<size>',
  'volmode;inherit;text;fv;VOLMODE;default;default | full | geom | dev | none',
  'filesystem_limit;default;text;f;FSLIMIT;none;<count> | none',
  'snapshot_limit;default;text;fv;SSLIMIT;none;<count> | none',
  'filesystem_count;readonly;text;f;FSCOUNT;none;<count>',
  'snapshot_count;readonly;text;fv;SSCOUNT;none;<count>',
  'snapdev;inherit;text;fv;SNAPDEV;hidden;hidden | visible',
  'acltype;inherit;text;fs;ACLTYPE;off;off | nfsv4 | posix',
  'context;default;text;fvs;CONTEXT;none;<selinux context>',
  'fscontext;default;text;fvs;FSCONTEXT;none;<selinux fscontext>',
  'defcontext;default;text;fvs;DEFCONTEXT;none;<selinux defcontext>',
  'rootcontext;default;text;fvs;ROOTCONTEXT;none;<selinux rootcontext>',
  `relatime;inherit;text;f;RELATIME;on;${ON_OFF}`,
  'redundant_metadata;inherit;text;fv;REDUND_MD;all;all | most | some | none',
  `overlay;inherit;text;f;OVERLAY;on;${ON_OFF}`,
  'receive_resume_token;readonly;text;fv;RESUMETOK;-;<string token>',
  'encryption;onetime;text;fvs;ENCRYPTION;off;on | off | aes-128-ccm | aes-192-ccm | aes-256-ccm | aes-128-gcm | aes-192-gcm | aes-256-gcm',
  'encryptionroot;readonly;text;fvs;ENCROOT;-;<filesystem | volume>',
  'keylocation;default;text;fv;KEYLOCATION;none;prompt | <file URI> | <https URL> | <http URL>',
  'keyformat;onetime-default;text;fv;KEYFORMAT;none;none | raw | hex | passphrase',
  'pbkdf2iters;onetime-default;text;fv;PBKDF2ITERS;0;<iters>',
  'keystatus;readonly;text;fvs;KEYSTATUS;-;none | unavailable | available',
  'special_small_blocks;inherit;size;f;SPECIAL_SMALL_BLOCKS;0;zero or 512 to 1M, power of 2',
  'redact_snaps;readonly;text;fvs;RSNAPS;-;<snapshot>[,...]',
  'snapshots_changed;readonly;date;fv;SNAPSHOTS_CHANGED;-;<date>',
  'prefetch;inherit;text;fvs;PREFETCH;all;none | metadata | all',
  'volthreading;default;text;v;VOLTHREADING;on;on | off',
  'direct;inherit;text;f;DIRECT;standard;disabled | standard | always',
  `longname;inherit;text;f;LONGNAME;off;${ON_OFF}`,
].map(row);

/** Properties that exist but are in no listing of `all`. */
const HIDDEN: readonly PropertyRow[] = [
  'name;readonly;text;fvsb;NAME;-;',
  'inconsistent;readonly;id;fvs;INCONSISTENT;-;',
].map(row);

/** Short names that `zfs list -o` takes (`avail`, `refer`, `rdonly`, …): the headings in small letters. */
const BY_NAME: ReadonlyMap<string, PropertyRow> = new Map(
  [...PROPERTIES, ...HIDDEN].flatMap((one): [string, PropertyRow][] => [
    [one.column.toLowerCase(), one],
    [one.name, one],
  ]),
);

export const propertyRow = (name: string): PropertyRow | null => BY_NAME.get(name) ?? null;

/** A user property has a colon and nothing but small letters, digits and `: - _ .`. */
export const isUserProperty = (name: string): boolean => /^[a-z0-9:._-]+$/.test(name) && name.includes(':');

/** `written@SNAPSHOT` and `written#BOOKMARK`. */
export const isWrittenSince = (name: string): boolean => /^written[@#]/.test(name);
