import { type Ref, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../shared/model/plan.ts';
import { say } from '../texts/engine/say.ts';
import { announce } from '../ui/announce.ts';
import { classNames } from '../ui/class-names.ts';
import { formatBytes } from '../ui/format.ts';
import { type Tone, ToneIcon } from '../ui/Mark.tsx';
import { outcomeOf } from './effects.ts';
import styles from './Outcome.module.css';

const TONES = { blocked: 'bad', nothing: 'good', losses: 'warn', ready: 'good' } as const satisfies Record<
  ReturnType<typeof outcomeOf>,
  Tone
>;

/** The plan in one sentence, and how much it carries. */
export function Outcome({
  plan,
  isStale,
  heading,
}: {
  readonly plan: Plan;
  readonly isStale: boolean;
  readonly heading: Ref<HTMLHeadingElement>;
}) {
  const { t } = useTranslation();
  const outcome = outcomeOf(plan);
  const { request, estimate } = plan;
  const others = request.source.also.length;
  // A region that appears with its words in it is often not read; the one that was always there is.
  useEffect(() => {
    if (!isStale) announce(t(`review.outcome.${outcome}`));
  }, [isStale, outcome, t]);
  const tone = isStale ? 'running' : TONES[outcome];
  return (
    <section className={classNames('surface', styles.outcome)} data-tone={tone}>
      <ToneIcon tone={tone} size={22} />
      <div className={styles.words}>
        <h2 ref={heading} tabIndex={-1}>
          {isStale ? t('review.planning') : t(`review.outcome.${outcome}`)}
        </h2>
        <p className={styles.ends}>
          <span className="mono">{request.source.dataset}</span>{' '}
          {others > 0 && <>{t('package.andOthers', { count: others })} </>}
          {t('review.on', { host: request.source.host })}
          <span aria-hidden> → </span>
          <span className="visually-hidden"> {t('review.to')} </span>
          {others > 0 && <>{t('review.within')} </>}
          <span className="mono">{plan.target}</span> {t('review.on', { host: request.destination.host })}
        </p>
      </div>
      {plan.streams.length > 0 && (
        <dl className={styles.size}>
          <dt>{t('review.estimate')}</dt>
          <dd className={styles.figure}>
            {estimate.bytes === null ? t('ui.unknown') : t('review.about', { bytes: formatBytes(estimate.bytes) })}
          </dd>
          <dd className={styles.method}>{say(estimate.method)}</dd>
        </dl>
      )}
    </section>
  );
}
