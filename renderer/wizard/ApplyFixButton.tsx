import { Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';

interface FixPlace {
  readonly plan: string;
  readonly finding: number;
  readonly fix: number;
}

const applyFix = async (place: FixPlace): Promise<true> => {
  await sluice.plans.applyFix(place);
  return true;
};

/** Runs the command above it on its host; a password that sudo wants is asked for in a dialog of its own. */
export function ApplyFixButton({
  place,
  host,
  onDone,
}: {
  readonly place: FixPlace;
  readonly host: string;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const applying = useAction(applyFix);
  const press = async () => {
    // Not disabled meanwhile, which would take the focus from it.
    if (applying.busy) return;
    if ((await applying.run(place)) !== null) onDone();
  };
  return (
    <>
      <Button size="small" look="primary" icon={<Wrench aria-hidden size={13} />} onPress={() => void press()}>
        {t(applying.busy ? 'review.applyingFix' : 'review.applyFix', { host })}
      </Button>
      {applying.failure !== null && <FailureCard failure={applying.failure} />}
    </>
  );
}
