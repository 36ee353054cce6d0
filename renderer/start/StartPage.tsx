import { ArrowRightLeft } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { go } from '../app/route.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { sluice } from '../connection/client.ts';
import { useAgainWhileSeen } from '../connection/use-again.ts';
import { useAsked } from '../connection/use-asked.ts';
import { useHosts } from '../hosts/use-hosts.ts';
import { useRunViews } from '../runs/watch-run.ts';
import { Button } from '../ui/Button.tsx';
import { Reading } from '../ui/Empty.tsx';
import { FailureAgain } from '../ui/FailureAgain.tsx';
import { Page } from '../ui/Page.tsx';
import { Part } from '../ui/Part.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import { PairCard } from './PairCard.tsx';
import { needsAttention, pairsOf } from './pairs.ts';
import { RunningCard } from './RunningCard.tsx';
import styles from './StartPage.module.css';

/** What is under way, what needs attention, and every replication with how far its copy is behind. */
export function StartPage() {
  const { t } = useTranslation();
  const info = useAppInfo();
  const hosts = useHosts();
  const runs = useAsked('runs.list', () => sluice.runs.list());
  useAgainWhileSeen(runs.again);
  const views = useRunViews(({ byRun }) => byRun);
  const now = useMemo(
    () => (runs.data ?? []).map((run) => (run.status === 'running' ? (views[run.run]?.detail?.summary ?? run) : run)),
    [runs.data, views],
  );
  const running = now.filter(({ status }) => status === 'running');
  const pairs = useMemo(() => pairsOf(now), [now]);
  const troubled = pairs.filter(needsAttention);
  const settled = pairs.filter(({ last }) => last.status === 'done');
  const isKnown = runs.data !== null && hosts.data !== null;
  return (
    <Page
      title={t('start.title')}
      lead={t(pairs.length > 0 ? 'start.lead' : 'start.leadFirst')}
      actions={
        pairs.length > 0 && (
          <Button
            look="primary"
            icon={<ArrowRightLeft aria-hidden size={16} />}
            onPress={() => go({ page: 'replicate', step: 'source' })}
          >
            {t('start.new')}
          </Button>
        )
      }
    >
      {[runs, hosts].map(
        (asked) =>
          asked.failure !== null && (
            <FailureAgain key={asked.failure.code} failure={asked.failure} onAgain={asked.again} />
          ),
      )}
      {!isKnown && runs.failure === null && hosts.failure === null && <Reading>{t('ui.reading')}</Reading>}
      {isKnown && pairs.length === 0 && (
        <FirstSteps hosts={hosts.data ?? []} isPractice={info.practice} onHostAdded={hosts.again} />
      )}
      {running.length > 0 && (
        <Part title={t('start.running')}>
          <ul className={styles.list}>
            {running.map((run) => (
              <RunningCard key={run.run} run={run} />
            ))}
          </ul>
        </Part>
      )}
      {troubled.length > 0 && (
        <Part title={t('start.attention')}>
          <ul className={styles.cards}>
            {troubled.map((pair) => (
              <PairCard key={pair.key} pair={pair} />
            ))}
          </ul>
        </Part>
      )}
      {settled.length > 0 && (
        <Part title={t('start.replications')}>
          <ul className={styles.cards}>
            {settled.map((pair) => (
              <PairCard key={pair.key} pair={pair} />
            ))}
          </ul>
        </Part>
      )}
    </Page>
  );
}
