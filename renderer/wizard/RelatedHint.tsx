import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import { Mark } from '../ui/Mark.tsx';
import { chooseContinued } from './draft.ts';
import { Hint } from './Hint.tsx';
import { useWizard } from './store.ts';
import type { Found } from './use-related.ts';

/**
 * Whether the destination has a copy already, which can then be continued. There from the start, in one line whatever is
 * found: it stands above the choice which a hand may be on its way to.
 */
export function RelatedHint({
  source,
  host,
  found: { related, state },
}: {
  readonly source: string;
  /** The destination. */
  readonly host: string;
  readonly found: Found;
}) {
  const { t } = useTranslation();
  const { change } = useWizard();
  const [first] = related;
  if (first === undefined) return <Hint>{t(`destination.related.${state}`, { dataset: source, host })}</Hint>;
  return (
    <Hint
      action={
        <Button size="small" onPress={() => change((old) => chooseContinued(old, first.dataset))}>
          {t('destination.continueThat')}
        </Button>
      }
    >
      <Mark tone="note" look="plain">
        {t('destination.relatedFound', { dataset: first.dataset, label: first.common })}
      </Mark>
    </Hint>
  );
}
