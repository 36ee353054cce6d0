/**
 * What `zfs send` and `zfs receive` without arguments say on stderr; of each it is said whether its usage lines were
 * recorded. The first line, which says what is missing, is of no consequence.
 */

/** OpenZFS 2.3.9 on Linux, recorded. */
export const openzfs239 = {
  send: `missing snapshot argument
usage:
	send [-DLPbcehnpsVvw] [-i|-I snapshot]
	     [-R [-X dataset[,dataset]...]]     <snapshot>
	send [-DnVvPLecw] [-i snapshot|bookmark] <filesystem|volume|snapshot>
	send [-DnPpVvLec] [-i bookmark|snapshot] --redact <bookmark> <snapshot>
	send [-nVvPe] -t <receive_resume_token>
	send [-PnVv] --saved filesystem

For the property list, run: zfs set|get

For the delegated permission list, run: zfs allow|unallow

For further help on a command or topic, run: zfs help [<topic>]
`,
  receive: `missing snapshot argument
usage:
	receive [-vMnsFhu] [-o <property>=<value>] ... [-x <property>] ...
	    <filesystem|volume|snapshot>
	receive [-vMnsFhu] [-o <property>=<value>] ... [-x <property>] ...
	    [-d | -e] <filesystem>
	receive -A <filesystem|volume>

For the property list, run: zfs set|get

For the delegated permission list, run: zfs allow|unallow

For further help on a command or topic, run: zfs help [<topic>]
`,
} as const;

/** zfs-fuse 0.7 of Debian, recorded: each command's own lines, and the usage of all commands for one it does not know. */
export const zfsFuse07 = {
  send: `missing snapshot argument
usage:
	send [-RDp] [-[iI] snapshot] <snapshot>

For the property list, run: zfs set|get

For the delegated permission list, run: zfs allow|unallow
`,
  receive: `missing snapshot argument
usage:
	receive [-vnF] <filesystem|volume|snapshot>
	receive [-vnF] -d <filesystem>

For the property list, run: zfs set|get

For the delegated permission list, run: zfs allow|unallow
`,
  all: `unrecognized command 'diff'
usage: zfs command args ...
where 'command' is one of the following:

	create [-p] [-o property=value] ... <filesystem>
	create [-ps] [-b blocksize] [-o property=value] ... -V <size> <volume>
	destroy [-rRf] <filesystem|volume>
	destroy [-rRd] <snapshot>

	snapshot [-r] [-o property=value] ... <filesystem@snapname|volume@snapname>
	rollback [-rRf] <snapshot>
	clone [-p] [-o property=value] ... <snapshot> <filesystem|volume>
	promote <clone-filesystem>
	rename <filesystem|volume|snapshot> <filesystem|volume|snapshot>
	rename -p <filesystem|volume> <filesystem|volume>
	rename -r <snapshot> <snapshot>
	list [-rH][-d max] [-o property[,...]] [-t type[,...]] [-s property] ...
	    [-S property] ... [filesystem|volume|snapshot] ...

	set <property=value> <filesystem|volume|snapshot> ...
	get [-rHp] [-d max] [-o "all" | field[,...]] [-s source[,...]]
	    <"all" | property[,...]> [filesystem|volume|snapshot] ...
	inherit [-rS] <property> <filesystem|volume|snapshot> ...
	upgrade [-v]
	upgrade [-r] [-V version] <-a | filesystem ...>
	userspace [-hniHp] [-o field[,...]] [-sS field] ... [-t type[,...]]
	    <filesystem|snapshot>
	groupspace [-hniHpU] [-o field[,...]] [-sS field] ... [-t type[,...]]
	    <filesystem|snapshot>

	mount
	mount [-vO] [-o opts] <-a | filesystem>
	unmount [-f] <-a | filesystem|mountpoint>
	share <-a | filesystem>
	unshare <-a | filesystem|mountpoint>

	send [-RDp] [-[iI] snapshot] <snapshot>
	receive [-vnF] <filesystem|volume|snapshot>
	receive [-vnF] -d <filesystem>

	allow <filesystem|volume>
	allow [-ldug] <"everyone"|user|group>[,...] <perm|@setname>[,...]
	    <filesystem|volume>
	allow [-ld] -e <perm|@setname>[,...] <filesystem|volume>
	allow -c <perm|@setname>[,...] <filesystem|volume>
	allow -s @setname <perm|@setname>[,...] <filesystem|volume>

	unallow [-rldug] <"everyone"|user|group>[,...]
	    [<perm|@setname>[,...]] <filesystem|volume>
	unallow [-rld] -e [<perm|@setname>[,...]] <filesystem|volume>
	unallow [-r] -c [<perm|@setname>[,...]] <filesystem|volume>
	unallow [-r] -s @setname [<perm|@setname>[,...]] <filesystem|volume>

	hold [-r] <tag> <snapshot> ...
	holds [-r] <snapshot> ...
	release [-r] <tag> <snapshot> ...

Each dataset is of the form: pool/[dataset/]*dataset[@name]

For the property list, run: zfs set|get

For the delegated permission list, run: zfs allow|unallow
`,
} as const;

/** OpenZFS 0.8 as in its source, not recorded; illumos writes its usage in the same form (`-[i|I]`). */
export const openzfs08 = {
  send: `missing snapshot argument
usage:
	send [-DnPpRvLecwhb] [-[i|I] snapshot] <snapshot>
	send [-nvPLecw] [-i snapshot|bookmark] <filesystem|volume|snapshot>
	send [-nvPe] -t <receive_resume_token>
`,
  receive: `missing snapshot argument
usage:
	receive [-vnsFhu] [-o <property>=<value>] ... [-x <property>] ...
	    <filesystem|volume|snapshot>
	receive [-vnsFhu] [-o <property>=<value>] ... [-x <property>] ...
	    [-d | -e] <filesystem>
	receive -A <filesystem|volume>
`,
} as const;

/** Solaris 11.4: its documented option letters in the form of the others' usage texts; neither recorded nor quoted. */
export const solaris114 = {
  send: `missing snapshot argument
usage:
	send [-DRbcnprv] [-w compress|none] [-s nocheck] [-i|-I snapshot] <snapshot>
	send -C
`,
  receive: `missing snapshot argument
usage:
	receive [-Fnuv] [-o <property>=<value>] ... [-x <property>] ... <filesystem|volume|snapshot>
	receive -C <filesystem|volume>
`,
} as const;
