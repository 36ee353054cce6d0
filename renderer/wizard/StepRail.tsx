import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { formatRoute, WIZARD_STEPS, type WizardStep } from '../app/route.ts';
import { Button } from '../ui/Button.tsx';
import { formatRate } from '../ui/format.ts';
import { emptyDraft, isUntouched, makesCopies, missingStep, targetOf } from './draft.ts';
import styles from './StepRail.module.css';
import { isOpen } from './steps.ts';
import { useWizard } from './store.ts';

/** What follows the wizard, on the page of its run; here the whole way is seen. */
const LATER = ['transfer', 'done'] as const;

/** The steps with what was chosen in each; every one that is open can be gone to. */
export function StepRail({ current }: { readonly current: WizardStep }) {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const missing = missingStep(draft);
  const currentIndex = WIZARD_STEPS.indexOf(current);
  const target = targetOf(draft);

  const summaries: Record<WizardStep, readonly string[]> = {
    source: [
      draft.sourceHost,
      draft.sourceDataset,
      draft.sourceDataset === null ? '' : t(`package.summary.${draft.options.package}`),
      draft.also.length === 0 ? '' : t('package.andOthers', { count: draft.also.length }),
      draft.exclude.length === 0 ? '' : t('package.without', { count: draft.exclude.length }),
    ].filter((part): part is string => part !== null && part !== ''),
    snapshot:
      draft.sourceDataset === null
        ? []
        : [
            draft.snapshot === null
              ? t('steps.snapshot.newest')
              : draft.take
                ? t('steps.snapshot.taken', { label: draft.snapshot })
                : draft.snapshot,
            ...(draft.options.base.kind === 'snapshot' || draft.options.base.kind === 'bookmark'
              ? [t('steps.snapshot.from', { label: draft.options.base.label })]
              : []),
            ...(draft.options.base.kind === 'none' ? [t('steps.snapshot.full')] : []),
          ],
    destination: [draft.destinationHost, target].filter((part) => part !== null),
    how:
      missing === null
        ? [
            makesCopies(draft)
              ? [
                  t(draft.options.receive.readonly === 'on' ? 'steps.how.readonly' : 'steps.how.writable'),
                  t(draft.options.receive.mount ? 'steps.how.mounted' : 'steps.how.unmounted'),
                ].join(', ')
              : t('steps.how.kept'),
            ...(draft.options.limit === null ? [] : [t('steps.how.limit', { rate: formatRate(draft.options.limit) })]),
          ]
        : [],
    review: [],
  };
  return (
    <nav className={styles.rail} aria-label={t('steps.label')}>
      <ol className={styles.steps}>
        {WIZARD_STEPS.map((step, index) => {
          const isDone = index < currentIndex;
          const content = (
            <>
              <span className={styles.number} data-done={isDone || undefined}>
                {isDone ? <Check aria-hidden size={14} strokeWidth={2.5} /> : index + 1}
              </span>
              <span className={styles.words}>
                <span className={styles.title}>{t(`steps.${step}.short`)}</span>
                {summaries[step].map((line) => (
                  <span key={line} className={styles.summary}>
                    {line}
                  </span>
                ))}
              </span>
            </>
          );
          return (
            <li key={step}>
              {isOpen(step, missing) ? (
                <a
                  href={formatRoute({ page: 'replicate', step })}
                  className={styles.step}
                  aria-current={step === current ? 'step' : undefined}
                >
                  {content}
                </a>
              ) : (
                <span className={styles.step} data-closed>
                  {content}
                </span>
              )}
            </li>
          );
        })}
        {LATER.map((later, index) => (
          <li key={later}>
            <span className={styles.step} data-closed>
              <span className={styles.number}>{WIZARD_STEPS.length + index + 1}</span>
              <span className={styles.words}>
                <span className={styles.title}>{t(`steps.${later}`)}</span>
              </span>
            </span>
          </li>
        ))}
      </ol>
      {!isUntouched(draft) && (
        <Button look="quiet" size="small" className={styles.over} onPress={() => change(() => emptyDraft)}>
          {t('steps.startOver')}
        </Button>
      )}
    </nav>
  );
}
