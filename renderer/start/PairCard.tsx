import { ArrowUpRight, Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatRoute, go } from '../app/route.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { ResumeButton } from '../runs/ResumeButton.tsx';
import { RunEnds } from '../runs/RunEnds.tsx';
import { STATUS_TONES } from '../runs/status.ts';
import { say } from '../texts/engine/say.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatAge, formatBytes, formatNumber } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import { sendChangesAgain } from '../wizard/draft.ts';
import { outcomeOf } from '../wizard/effects.ts';
import { useWizard } from '../wizard/store.ts';
import type { MadePlan } from '../wizard/use-plan.ts';
import styles from './PairCard.module.css';
import { needsAttention, type Pair } from './pairs.ts';
import { usePairPlan } from './use-pair-plan.ts';

const begin = (plan: string) => sluice.runs.start({ plan, confirmed: null });

/** A replication: how far its copy is behind, and the one button that mends it. */
export function PairCard({ pair }: { readonly pair: Pair }) {
  const { t } = useTranslation();
  const isHalf = needsAttention(pair);
  const planned = usePairPlan(pair, !isHalf);
  const starting = useAction(begin);
  const change = useWizard((wizard) => wizard.change);
  const made = planned.data;
  const outcome = made === null ? null : outcomeOf(made.plan);
  const look = () => {
    change(() => sendChangesAgain(pair.request));
    go({ page: 'replicate', step: 'review' });
  };
  const send = async ({ id }: MadePlan) => {
    const started = await starting.run(id);
    if (started === null) planned.again();
    else go({ page: 'run', run: started.run });
  };
  return (
    <li className={classNames('surface', styles.card)}>
      <h3 className={styles.ends}>
        <RunEnds request={pair.request} />
      </h3>
      <p className={styles.state} aria-live="polite">
        {isHalf ? (
          <Mark tone={STATUS_TONES[pair.last.status]}>{t(`runs.states.${pair.last.status}`)}</Mark>
        ) : (
          <PairState made={made} isUnreached={planned.failure !== null} />
        )}
        <span className={styles.soft}>
          {pair.doneAt === null ? t('start.neverDone') : t('start.last', { age: formatAge(pair.doneAt, Date.now()) })}
        </span>
      </p>
      {isHalf && pair.last.error !== null && <p className={styles.soft}>{say(pair.last.error.message)}</p>}
      {!isHalf && outcome === 'blocked' && (
        <p className={styles.soft}>
          {say(made?.plan.findings.find(({ severity }) => severity === 'blocks')?.message ?? '')}
        </p>
      )}
      {planned.failure !== null && <p className={styles.soft}>{say(planned.failure.message)}</p>}
      {starting.failure !== null && <FailureCard failure={starting.failure} />}
      <div className={styles.actions}>
        {isHalf && pair.last.resumable && <ResumeButton run={pair.last.run} size="small" />}
        {outcome === 'ready' && made !== null && (
          <Button
            look="primary"
            size="small"
            icon={<Play aria-hidden size={13} />}
            isDisabled={starting.busy}
            onPress={() => void send(made)}
          >
            {t('start.send')}
          </Button>
        )}
        {planned.failure !== null && (
          <Button size="small" onPress={planned.again}>
            {t('ui.again')}
          </Button>
        )}
        <Button size="small" onPress={look}>
          {t(outcome === 'blocked' || outcome === 'losses' ? 'start.solve' : 'start.look')}
        </Button>
        <a href={formatRoute({ page: 'run', run: pair.last.run })} className={styles.link}>
          {t('start.lastRun')}
          <ArrowUpRight aria-hidden size={13} />
        </a>
      </div>
    </li>
  );
}

function PairState({ made, isUnreached }: { readonly made: MadePlan | null; readonly isUnreached: boolean }) {
  const { t } = useTranslation();
  if (isUnreached) return <Mark tone="bad">{t('checks.unreachable')}</Mark>;
  if (made === null) return <Mark tone="running">{t('start.looking')}</Mark>;
  const { streams, estimate } = made.plan;
  switch (outcomeOf(made.plan)) {
    case 'nothing':
      return <Mark tone="good">{t('start.upToDate')}</Mark>;
    case 'blocked':
      return <Mark tone="bad">{t('start.blocked')}</Mark>;
    case 'losses':
      return <Mark tone="warn">{t('start.losses')}</Mark>;
    case 'ready':
      return (
        <>
          <Mark tone="note">{t('start.behind', { count: streams.length, shown: formatNumber(streams.length) })}</Mark>
          {estimate.bytes !== null && <span>{t('start.about', { bytes: formatBytes(estimate.bytes) })}</span>}
        </>
      );
  }
}
