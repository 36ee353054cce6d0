/**
 * What hosts' ZFS was found to be, in `tools.json` of the state folder, so that it need not be asked again as long as the very same
 * programs are there.
 */
import { z } from 'zod';
import type { Host } from '../../shared/model/host.ts';
import { type Zfs, ZfsSchema } from '../../shared/model/inventory.ts';
import { openStateFile } from '../state-file.ts';

const MODULE = '/sys/module/zfs/version';

/**
 * Tells one installation from another without running zfs, which takes a tenth of a second and more where it has to load its
 * libraries: the system, inode, size and time of the program, the version of the module (Linux). Run by the shell that is there anyway.
 */
export const identityCommand: readonly string[] = [
  'eval',
  `uname -srv && ls -lLi "$(command -v zfs)" && { [ ! -r ${MODULE} ] || { read v <${MODULE} && echo "$v"; }; }`,
];

const MemorySchema = z.record(z.string(), z.object({ identity: z.string().min(1), zfs: ZfsSchema }));
type Memories = z.infer<typeof MemorySchema>;

/** What the book needs of the store under it. */
export interface ToolStore {
  get(key: 'hosts'): unknown;
  set(key: 'hosts', hosts: Memories): void;
}

export interface ToolMemory {
  /** @param identity what {@link identityCommand} prints there; null unless it is what it was. */
  recall(host: Host, identity: string): Zfs | null;
  /** True if there is something to recall, should the identity be the same. */
  knows(host: Host): boolean;
  remember(host: Host, identity: string, zfs: Zfs): void;
}

const keyOf = ({ name, address }: Host): string => JSON.stringify([name, address]);

/** A file that cannot be read is as good as none: hosts are asked again. */
export class ToolBook implements ToolMemory {
  readonly #store: ToolStore;

  constructor(store: ToolStore) {
    this.#store = store;
  }

  recall(host: Host, identity: string): Zfs | null {
    const found = this.#read()[keyOf(host)];
    return found?.identity === identity ? found.zfs : null;
  }

  knows(host: Host): boolean {
    return Object.hasOwn(this.#read(), keyOf(host));
  }

  remember(host: Host, identity: string, zfs: Zfs): void {
    if (identity === '' || host.practice) return;
    this.#store.set('hosts', { ...this.#read(), [keyOf(host)]: { identity, zfs } });
  }

  #read(): Memories {
    const parsed = MemorySchema.safeParse(this.#store.get('hosts'));
    return parsed.success ? parsed.data : {};
  }
}

/** @param stateDir an absolute path of a folder that exists */
export const openToolBook = (stateDir: string): ToolBook =>
  new ToolBook(openStateFile(stateDir, 'tools', { hosts: {} }, 'begin-anew'));
