/** How the doctor's rules write their lines. */
import type { Check, Fix } from '../../../shared/api/hosts.ts';
import { showCommand } from '../../../shared/zfs/wire.ts';

export interface Line {
  readonly code: string;
  readonly title: string;
  readonly state?: Check['state'];
  readonly detail: string;
  readonly evidence?: Record<string, unknown>;
  readonly fixes?: readonly Treatment[];
}

/** What a fix does when it is told to; plain data, so that exactly what was shown is carried out. */
export type Act =
  /** Runs as root on the host: as it is for root, else through sudo with the user's password. */
  | { readonly kind: 'as-admin'; readonly argv: readonly string[] }
  /** Writes a file below /etc/sudoers.d, checked by visudo first. */
  | { readonly kind: 'sudoers'; readonly file: string; readonly text: string }
  /** Makes a key of Sluice's own and puts its public half into authorized_keys. */
  | { readonly kind: 'install-key' }
  /** For a person only. */
  | { readonly kind: 'by-hand' };

export interface Treatment extends Fix {
  readonly act: Act;
}

export const line = ({ state = 'ok', evidence = {}, fixes = [], ...rest }: Line) => ({
  ...rest,
  state,
  evidence,
  fixes,
});
export type Finding = ReturnType<typeof line>;

/** What the contract shows of a finding: the fixes without what they do inside. */
export const toCheck = ({ fixes, ...check }: Finding): Check => ({
  ...check,
  fixes: fixes.map(({ act: _, ...fix }) => fix),
});

/** Who could run an administrator's command. */
export interface Admin {
  readonly root: boolean;
  /** sudo is there and would ask for a password. */
  readonly sudoWithPassword: boolean;
}

export function asAdmin(id: string, label: string, argv: readonly string[], admin: Admin): Treatment {
  const canDo = admin.root || admin.sudoWithPassword;
  return {
    id,
    label,
    command: showCommand(admin.root ? argv : ['sudo', ...argv]),
    where: 'host',
    canDo,
    asksPassword: canDo && !admin.root,
    act: { kind: 'as-admin', argv },
  };
}

export const byHand = (id: string, label: string, command: string, where: Fix['where'] = 'host'): Treatment => ({
  id,
  label,
  command,
  where,
  canDo: false,
  asksPassword: false,
  act: { kind: 'by-hand' },
});
