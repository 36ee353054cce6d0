import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accessOf } from '../../shared/export/host-access.ts';
import { syncoidCommand, zreplJobs } from '../../shared/export/other-tools.ts';
import { shellScript } from '../../shared/export/sh.ts';
import type { Host } from '../../shared/model/host.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { TextDialog } from '../ui/TextDialog.tsx';
import type { TreeDataset } from './read.ts';

const KINDS = ['sh', 'syncoid', 'zrepl'] as const;
type Kind = (typeof KINDS)[number];
const FILES: Readonly<Record<Kind, string>> = { sh: 'replicate.sh', syncoid: 'syncoid.sh', zrepl: 'zrepl.yml' };

/** @param there datasets of the destination: a script throws away only the half-received streams that are there now */
function write(kind: Kind, plan: Plan, hosts: readonly Host[], there: readonly TreeDataset[]): string {
  const named = (name: string): Host => {
    const host = hosts.find((one) => one.name === name);
    if (host === undefined) throw new Error(`There is no host named ${name} in the host book.`);
    return host;
  };
  const { request } = plan;
  const [source, destination] = [named(request.source.host), named(request.destination.host)];
  switch (kind) {
    case 'sh':
      return shellScript({
        plan,
        partials: new Map(there.map((one) => [one.name, one.partial?.token ?? one.undecodedToken ?? ''])),
        source: accessOf(source, named),
        destination: accessOf(destination, named),
      });
    case 'syncoid':
      return syncoidCommand({ plan, source, destination });
    case 'zrepl':
      return zreplJobs({ plan, source, destination });
  }
}

/** The plan as a script of its own, or as another tool would be told; to be read, copied and saved. */
export function ExportDialog({
  plan,
  hosts,
  there,
  onClose,
}: {
  readonly plan: Plan;
  readonly hosts: readonly Host[];
  /** The datasets of the destination. */
  readonly there: readonly TreeDataset[];
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>('sh');
  const text = useMemo(() => write(kind, plan, hosts, there), [kind, plan, hosts, there]);
  return (
    <TextDialog
      title={t('exportPlan.title')}
      lead={t(`exportPlan.leads.${kind}`)}
      label={t('exportPlan.kind')}
      kinds={KINDS.map((id) => ({ id, label: t(`exportPlan.kinds.${id}`) }))}
      kind={kind}
      onKind={setKind}
      text={text}
      file={FILES[kind]}
      onClose={onClose}
    />
  );
}
