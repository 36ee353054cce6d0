/** Which end of a replication. */
export type Side = 'source' | 'destination';
