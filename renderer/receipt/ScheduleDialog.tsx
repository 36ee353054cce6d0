import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { crontabLine, systemdUnits } from '../../shared/export/schedule.ts';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { TextDialog } from '../ui/TextDialog.tsx';
import { sendChangesAgain, toRequest } from '../wizard/draft.ts';

const KINDS = ['systemd', 'cron'] as const;
type Kind = (typeof KINDS)[number];
const WRITERS = { systemd: systemdUnits, cron: crontabLine } as const;
const FILES = { systemd: 'sluice-units.txt', cron: 'sluice.crontab' } as const;

/** The same replication every night, by this computer's own means: units for systemd or a line for cron. */
export function ScheduleDialog({
  request,
  onClose,
}: {
  readonly request: ReplicationRequest;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const info = useAppInfo();
  const [kind, setKind] = useState<Kind>('systemd');
  // What was decided about one state of both ends says nothing about the next night.
  const again = toRequest(sendChangesAgain(request));
  if (!again.ok) return null;
  return (
    <TextDialog
      title={t('schedule.title')}
      lead={t('schedule.lead')}
      label={t('schedule.kind')}
      kinds={KINDS.map((id) => ({ id, label: t(`schedule.kinds.${id}`) }))}
      kind={kind}
      onKind={setKind}
      text={WRITERS[kind](again.value, info.program)}
      file={FILES[kind]}
      onClose={onClose}
    />
  );
}
