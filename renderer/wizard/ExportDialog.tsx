import { Download } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { syncoidCommand, zreplJobs } from '../../shared/export/other-tools.ts';
import { reachOf } from '../../shared/export/reach.ts';
import { shellScript } from '../../shared/export/sh.ts';
import type { Host } from '../../shared/model/host.ts';
import type { Plan } from '../../shared/model/plan.ts';
import { Button } from '../ui/Button.tsx';
import { Copy } from '../ui/Copy.tsx';
import { Modal } from '../ui/Modal.tsx';
import { Segments } from '../ui/Segments.tsx';
import styles from './ExportDialog.module.css';
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
        source: reachOf(source, named),
        destination: reachOf(destination, named),
      });
    case 'syncoid':
      return syncoidCommand({ plan, source, destination });
    case 'zrepl':
      return zreplJobs({ plan, source, destination });
  }
}

/** Hands a text to the browser as a file to be saved. */
function save(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
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
    <Modal
      isOpen
      size="wide"
      title={t('exportPlan.title')}
      onClose={onClose}
      footer={
        <>
          <Copy text={text} what={t(`exportPlan.kinds.${kind}`)} />
          <Button icon={<Download aria-hidden size={15} />} onPress={() => save(FILES[kind], text)}>
            {t('exportPlan.save', { file: FILES[kind] })}
          </Button>
          <Button look="primary" autoFocus onPress={onClose}>
            {t('ui.close')}
          </Button>
        </>
      }
    >
      <p>{t(`exportPlan.leads.${kind}`)}</p>
      <Segments
        label={t('exportPlan.kind')}
        choices={KINDS.map((id) => ({ id, label: t(`exportPlan.kinds.${id}`) }))}
        value={kind}
        onChange={setKind}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a text that scrolls must be reachable by keyboard. */}
      <pre className={styles.text} tabIndex={0}>
        {text}
      </pre>
    </Modal>
  );
}
