/** The commands by which a person looks into a copy. A clone, because a mounted copy could be changed by a look into it. */
export interface Look {
  readonly open: readonly string[];
  readonly close: readonly string[];
  readonly mountpoint: string;
}

/** @param snapshot of the copy, `pool/dataset@label` */
export function lookInside(snapshot: string): Look {
  const [dataset = ''] = snapshot.split('@');
  const clone = `${dataset}-look`;
  const mountpoint = `/mnt/${clone.slice(clone.lastIndexOf('/') + 1)}`;
  return {
    open: ['zfs', 'clone', '-o', 'readonly=on', '-o', `mountpoint=${mountpoint}`, snapshot, clone],
    close: ['zfs', 'destroy', clone],
    mountpoint,
  };
}
