import { RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RunSummary } from '../../shared/model/run.ts';
import { formatRoute, go } from '../app/route.ts';
import { say } from '../texts/engine/say.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { formatBytes, formatDuration, formatMoment } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import table from '../ui/table.module.css';
import { sendChangesAgain } from '../wizard/draft.ts';
import { useWizard } from '../wizard/store.ts';
import { ResumeButton } from './ResumeButton.tsx';
import { RunEnds } from './RunEnds.tsx';
import styles from './RunsPage.module.css';
import { STATUS_TONES } from './status.ts';

/** Runs, the newest first; two can be ticked to be compared. */
export function RunTable({
  runs,
  ticked,
  onTick,
}: {
  readonly runs: readonly RunSummary[];
  readonly ticked: readonly string[];
  readonly onTick: (run: string) => void;
}) {
  const { t } = useTranslation();
  const change = useWizard((wizard) => wizard.change);
  const again = (run: RunSummary) => {
    change(() => sendChangesAgain(run.request));
    go({ page: 'replicate', step: 'review' });
  };
  return (
    <table className={classNames(table.table, styles.runs)}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{t('history.compareChosen')}</span>
          </th>
          <th scope="col">{t('runs.status')}</th>
          <th scope="col">{t('runs.what')}</th>
          <th scope="col">{t('runs.started')}</th>
          <th scope="col" className={table.number}>
            {t('runs.took')}
          </th>
          <th scope="col" className={table.number}>
            {t('runs.bytes')}
          </th>
          <th scope="col">
            <span className="visually-hidden">{t('runs.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => {
          const ends = `${run.request.source.dataset} → ${run.request.destination.dataset}`;
          return (
            <tr key={run.run} className={styles.row}>
              <td className={styles.tick}>
                <input
                  type="checkbox"
                  aria-label={t('history.choose', { what: `${ends}, ${formatMoment(Date.parse(run.startedAt))}` })}
                  checked={ticked.includes(run.run)}
                  onChange={() => onTick(run.run)}
                />
              </td>
              <td>
                <Mark tone={STATUS_TONES[run.status]}>{t(`runs.states.${run.status}`)}</Mark>
              </td>
              <th scope="row" className={styles.what}>
                <a href={formatRoute({ page: 'run', run: run.run })} className={styles.link}>
                  <RunEnds request={run.request} />
                </a>
                {run.error !== null && <span className={styles.error}>{say(run.error.message)}</span>}
              </th>
              <td className={styles.when}>{formatMoment(Date.parse(run.startedAt))}</td>
              <td className={table.number}>
                {run.finishedAt === null
                  ? t('ui.nothing')
                  : formatDuration((Date.parse(run.finishedAt) - Date.parse(run.startedAt)) / 1000)}
              </td>
              <td className={table.number}>{run.bytes === null ? t('ui.nothing') : formatBytes(run.bytes)}</td>
              <td className={styles.action}>
                {run.resumable && run.status !== 'running' && <ResumeButton run={run.run} size="small" />}
                {run.status === 'done' && (
                  <Button size="small" icon={<RotateCcw aria-hidden size={13} />} onPress={() => again(run)}>
                    {t('history.again')}
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
