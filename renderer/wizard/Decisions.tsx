import { useTranslation } from 'react-i18next';
import type { Draft } from '../../shared/model/draft.ts';
import { defaultOptions } from '../../shared/model/request.ts';
import { Button } from '../ui/Button.tsx';
import { Mark } from '../ui/Mark.tsx';
import styles from './Decisions.module.css';
import { useWizard } from './store.ts';

/** What was decided through a fix, in words, each to be taken back. */
export function Decisions({
  options,
  onPress,
}: {
  readonly options: Draft['options'];
  /** A button was pressed that will be gone. */
  readonly onPress: () => void;
}) {
  const { t } = useTranslation();
  const change = useWizard((wizard) => wizard.change);
  const undo = (back: Partial<Draft['options']>) => {
    onPress();
    change((draft) => ({ ...draft, options: { ...draft.options, ...back } }));
  };
  const decisions = [
    ...(options.base.kind === 'none'
      ? [{ words: t('review.decided.full'), back: { base: defaultOptions.base }, isLoss: false }]
      : []),
    ...(options.onDivergence === 'stop'
      ? []
      : [
          {
            words: t(`review.decided.${options.onDivergence}`),
            back: { onDivergence: defaultOptions.onDivergence },
            isLoss: options.onDivergence === 'rollback',
          },
        ]),
    ...(options.partial === 'keep'
      ? []
      : [{ words: t('review.decided.discard'), back: { partial: defaultOptions.partial }, isLoss: true }]),
  ];
  if (decisions.length === 0) return null;
  return (
    <ul className={styles.decisions}>
      {decisions.map(({ words, back, isLoss }) => (
        <li key={words}>
          <Mark tone={isLoss ? 'warn' : 'note'} look="plain">
            {words}
          </Mark>
          <Button size="small" onPress={() => undo(back)} aria-label={t('review.takeBackWhat', { what: words })}>
            {t('review.takeBack')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
