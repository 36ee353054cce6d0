import { ArrowRightLeft, History } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatRoute, go } from '../app/route.ts';
import { sluice } from '../connection/client.ts';
import { useAsked } from '../connection/use-asked.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Empty, Reading } from '../ui/Empty.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatBytes, formatDuration, formatMoment } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import { Page } from '../ui/Page.tsx';
import table from '../ui/table.module.css';
import { ResumeButton } from './ResumeButton.tsx';
import { RunEnds } from './RunEnds.tsx';
import styles from './RunsPage.module.css';
import { STATUS_TONES } from './status.ts';
import { followRun, useRunViews } from './watch-run.ts';

export function RunsPage() {
  const { t } = useTranslation();
  const runs = useAsked('runs.list', () => sluice.runs.list());
  const start = (
    <Button
      look="primary"
      icon={<ArrowRightLeft aria-hidden size={16} />}
      onPress={() => go({ page: 'replicate', step: 'source' })}
    >
      {t('hosts.replicate')}
    </Button>
  );
  const views = useRunViews(({ byRun }) => byRun);
  const sorted = useMemo(
    () =>
      (runs.data ?? [])
        // What runs is followed; of the rest the list knows best.
        .map((run) => (run.status === 'running' ? (views[run.run]?.detail?.summary ?? run) : run))
        .sort((a, b) => b.startedAt.localeCompare(a.startedAt)),
    [runs.data, views],
  );
  useEffect(() => {
    for (const { run, status } of runs.data ?? []) if (status === 'running') void followRun(run);
  }, [runs.data]);
  return (
    <Page title={t('runs.title')} lead={t('runs.lead')} actions={sorted.length > 0 && start}>
      {runs.failure !== null && (
        <FailureCard
          failure={runs.failure}
          actions={
            <Button size="small" onPress={runs.again}>
              {t('ui.again')}
            </Button>
          }
        />
      )}
      {runs.data === null && runs.failure === null && <Reading>{t('ui.reading')}</Reading>}
      {runs.data?.length === 0 && (
        <Empty icon={<History aria-hidden size={24} />} title={t('runs.emptyTitle')} action={start}>
          <p>{t('runs.empty')}</p>
        </Empty>
      )}
      {sorted.length > 0 && (
        <Card isFlush>
          <table className={table.table}>
            <thead>
              <tr>
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
              {sorted.map((run) => (
                <tr key={run.run} className={styles.row}>
                  <td>
                    <Mark tone={STATUS_TONES[run.status]}>{t(`runs.states.${run.status}`)}</Mark>
                  </td>
                  <th scope="row" className={styles.what}>
                    <a href={formatRoute({ page: 'run', run: run.run })} className={styles.link}>
                      <RunEnds request={run.request} />
                    </a>
                    {run.error !== null && <span className={styles.error}>{run.error.message}</span>}
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
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Card>
      )}
    </Page>
  );
}
