import type { TFunction } from 'i18next';
import { ArrowUpRight, Play } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatRoute, go } from '../app/route.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { ResumeButton } from '../runs/ResumeButton.tsx';
import { RunEnds } from '../runs/RunEnds.tsx';
import { STATUS_TONES } from '../runs/status.ts';
import { say } from '../texts/engine/say.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import { FailureCard } from '../ui/FailureCard.tsx';
import { formatAge, formatBytes, formatNumber, formatTimeOfDay } from '../ui/format.ts';
import { Mark, type Tone } from '../ui/Mark.tsx';
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
  const isLooking = planned.asking;
  // What was seen before the look that is under way is drawn only where its place has to be kept.
  const seen = planned.failure === null ? planned.data : null;
  const made = isLooking ? null : seen;
  const outcome = seen === null ? null : outcomeOf(seen.plan);
  const blocking =
    outcome === 'blocked' ? seen?.plan.findings.find(({ severity }) => severity === 'blocks') : undefined;
  const trouble = planned.failure?.message ?? blocking?.message ?? null;
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
      <p className={styles.state}>
        {isHalf ? (
          <Mark tone={STATUS_TONES[pair.last.status]}>{t(`runs.states.${pair.last.status}`)}</Mark>
        ) : (
          <PairState pair={pair} made={made} isUnreached={planned.failure !== null && !isLooking} />
        )}
      </p>
      <p className={styles.times}>
        <span>
          {pair.doneAt === null ? t('start.neverDone') : t('start.last', { age: formatAge(pair.doneAt, Date.now()) })}
        </span>
        {!isHalf && made !== null && <span>{t('start.lookedAt', { time: formatTimeOfDay(made.at) })}</span>}
      </p>
      {isHalf && pair.last.error !== null && <p className={styles.soft}>{say(pair.last.error.message)}</p>}
      {!isHalf && (
        <p className={classNames(styles.trouble, isLooking && styles.old)}>{trouble !== null && say(trouble)}</p>
      )}
      {starting.failure !== null && <FailureCard failure={starting.failure} />}
      <div className={styles.actions}>
        {isHalf && pair.last.resumable && <ResumeButton run={pair.last.run} size="small" />}
        <Button size="small" onPress={look}>
          {t(outcome === 'blocked' || outcome === 'losses' ? 'start.solve' : 'start.look')}
        </Button>
        {/* What comes and goes with a look stands after what stays, and keeps its place and the focus while one is made. */}
        {outcome === 'ready' && seen !== null && (
          <Button
            look="primary"
            size="small"
            icon={<Play aria-hidden size={13} />}
            isPending={isLooking || starting.busy}
            onPress={() => void send(seen)}
          >
            {t('start.send')}
          </Button>
        )}
        {planned.failure !== null && (
          <Button size="small" isPending={isLooking} onPress={planned.again}>
            {t('ui.again')}
          </Button>
        )}
        <a href={formatRoute({ page: 'run', run: pair.last.run })} className={styles.link}>
          {t('start.lastRun')}
          <ArrowUpRight aria-hidden size={13} />
        </a>
      </div>
    </li>
  );
}

interface Seen {
  readonly pair: Pair;
  /** Null while it is looked. */
  readonly made: MadePlan | null;
  readonly isUnreached: boolean;
}

function PairState({ pair, made, isUnreached }: Seen) {
  const { t } = useTranslation();
  const { tone, words } = verdictOf({ made, isUnreached }, t);
  const isVerdict = isUnreached || made !== null;
  const bytes = made !== null && outcomeOf(made.plan) === 'ready' ? made.plan.estimate.bytes : null;
  const toldLast = useRef<string | null>(null);
  // Looks are repeated; only one that found something else is worth an interruption.
  useEffect(() => {
    if (!isVerdict) return;
    const { source, destination } = pair.request;
    if (toldLast.current !== null && toldLast.current !== words)
      announce(t('start.nowIs', { from: source.dataset, to: destination.dataset, state: words }));
    toldLast.current = words;
  }, [isVerdict, words, pair, t]);
  return (
    <>
      <Mark tone={tone}>{words}</Mark>
      {bytes !== null && <span>{t('start.about', { bytes: formatBytes(bytes) })}</span>}
    </>
  );
}

function verdictOf(
  { made, isUnreached }: Pick<Seen, 'made' | 'isUnreached'>,
  t: TFunction,
): { readonly tone: Tone; readonly words: string } {
  if (isUnreached) return { tone: 'bad', words: t('checks.unreachable') };
  if (made === null) return { tone: 'running', words: t('start.looking') };
  switch (outcomeOf(made.plan)) {
    case 'nothing':
      return { tone: 'good', words: t('start.upToDate') };
    case 'blocked':
      return { tone: 'bad', words: t('start.blocked') };
    case 'losses':
      return { tone: 'warn', words: t('start.losses') };
    case 'ready': {
      const count = made.plan.streams.length;
      return { tone: 'note', words: t('start.behind', { count, shown: formatNumber(count) }) };
    }
  }
}
