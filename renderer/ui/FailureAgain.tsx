/** What could not be read, and a button that asks once more. */
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/model/failure.ts';
import { Button } from './Button.tsx';
import { FailureCard } from './FailureCard.tsx';
import { wayOutOf } from './way-out.ts';

export function FailureAgain({ failure, onAgain }: { readonly failure: Failure; readonly onAgain: () => void }) {
  const { t } = useTranslation();
  // What is not there will not be there at the next try.
  if (wayOutOf(failure)?.page === 'runs') return <FailureCard failure={failure} />;
  return (
    <FailureCard
      failure={failure}
      actions={
        <Button size="small" onPress={onAgain}>
          {t('ui.again')}
        </Button>
      }
    />
  );
}
