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

const follow = async (place: FixPlace): Promise<true> => {
  await sluice.plans.follow(place);
  return true;
};

/** Runs the command above it on its host; a password that sudo wants is asked for in a dialog of its own. */
export function FollowButton({
  place,
  host,
  onDone,
}: {
  readonly place: FixPlace;
  readonly host: string;
  readonly onDone: () => void;
}) {
  const { t } = useTranslation();
  const following = useAction(follow);
  const press = async () => {
    if ((await following.run(place)) !== null) onDone();
  };
  return (
    <>
      <Button
        size="small"
        look="primary"
        icon={<Wrench aria-hidden size={13} />}
        isDisabled={following.busy}
        onPress={() => void press()}
      >
        {t(following.busy ? 'review.following' : 'review.follow', { host })}
      </Button>
      {following.failure !== null && <FailureCard failure={following.failure} />}
    </>
  );
}
