/** Hosts as whoever works on them is given them: connected, with what is known of their tools. */
import type { Host } from '../../shared/model/host.ts';
import type { Ask } from '../ssh/questions.ts';
import type { Shell } from '../ssh/shell.ts';
import type { SshTarget } from '../ssh/target.ts';
import type { HostTools } from './probe.ts';

/** A host that is connected and known. */
export interface Reached {
  readonly host: Host;
  readonly shell: Shell;
  readonly tools: HostTools;
  /** How a connection of somebody's own is opened, jumps included; null: this computer. */
  readonly target: SshTarget | null;
  /** Answers what such a connection has to ask. */
  readonly ask: Ask;
}
export type ReachHost = (hostName: string) => Promise<Reached>;

/** Both ends of a request or of a comparison, at once. @throws as reaching either does */
export const reachBoth = (
  reach: ReachHost,
  {
    source,
    destination,
  }: { readonly source: { readonly host: string }; readonly destination: { readonly host: string } },
): Promise<readonly [Reached, Reached]> => Promise.all([reach(source.host), reach(destination.host)]);
