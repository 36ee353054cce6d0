import { ArrowRightLeft, Columns2, History } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RunStatusSchema } from '../../shared/model/run.ts';
import { go } from '../app/route.ts';
import { sluice } from '../connection/client.ts';
import { useAsked } from '../connection/use-asked.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Empty, Reading } from '../ui/Empty.tsx';
import { FailureAgain } from '../ui/FailureAgain.tsx';
import { Field } from '../ui/Field.tsx';
import { formatNumber } from '../ui/format.ts';
import { Page } from '../ui/Page.tsx';
import { Select } from '../ui/Select.tsx';
import { fitsRun } from './compare.ts';
import styles from './RunsPage.module.css';
import { RunTable } from './RunTable.tsx';
import { followRun, useRunViews } from './watch-run.ts';

const STATUSES = ['any', ...RunStatusSchema.options] as const;
/** A page of the table; more are shown when asked for. */
const SHOWN = 100;

export function RunsPage() {
  const { t } = useTranslation();
  const runs = useAsked('runs.list', () => sluice.runs.list());
  const [text, setText] = useState('');
  const [status, setStatus] = useState<(typeof STATUSES)[number]>('any');
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [most, setMost] = useState(SHOWN);
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
  const shown = sorted.filter((run) => fitsRun(run, text.trim().toLowerCase(), status === 'any' ? null : status));
  useEffect(() => {
    for (const { run, status } of runs.data ?? []) if (status === 'running') void followRun(run);
  }, [runs.data]);
  // Of three ticked the last two are meant.
  const tick = (run: string) =>
    setTicked((before) => (before.includes(run) ? before.filter((one) => one !== run) : [...before, run].slice(-2)));
  const [first, second] = ticked;
  return (
    <Page title={t('runs.title')} lead={t('runs.lead')} actions={sorted.length > 0 && start}>
      {runs.failure !== null && <FailureAgain failure={runs.failure} onAgain={runs.again} />}
      {runs.data === null && runs.failure === null && <Reading>{t('ui.reading')}</Reading>}
      {runs.data?.length === 0 && (
        <Empty icon={<History aria-hidden size={24} />} title={t('runs.emptyTitle')} action={start}>
          <p>{t('runs.empty')}</p>
        </Empty>
      )}
      {sorted.length > 0 && (
        <>
          <div className={styles.bar}>
            <Field label={t('history.filter')} value={text} onChange={setText} className={styles.filter} />
            <Select
              label={t('history.status')}
              choices={STATUSES.map((id) => ({ id, label: id === 'any' ? t('history.any') : t(`runs.states.${id}`) }))}
              value={status}
              onChange={setStatus}
              className={styles.status}
            />
            <span className={styles.hint} role="status">
              {t('ui.countOf', { shown: formatNumber(shown.length), all: formatNumber(sorted.length) })}
            </span>
            <Button
              icon={<Columns2 aria-hidden size={15} />}
              isDisabled={second === undefined}
              onPress={() => {
                if (first !== undefined && second !== undefined) go({ page: 'compare', first, second });
              }}
            >
              {t('history.compareChosen')}
            </Button>
          </div>
          <Card isFlush>
            {shown.length === 0 ? (
              <p className={styles.none}>{t('history.noMatch')}</p>
            ) : (
              <RunTable runs={shown.slice(0, most)} ticked={ticked} onTick={tick} />
            )}
          </Card>
          {shown.length > most && (
            <Button onPress={() => setMost(most + SHOWN)} className={styles.more}>
              {t('ui.more', { count: shown.length - most })}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}
