import { Plus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { useHosts } from '../hosts/use-hosts.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { usePracticeHosts } from './use-practice.ts';

const add = () => sluice.practice.addOffice();

/** Starts the third host; every list of hosts has it then. */
export function AddOfficeButton() {
  const { t } = useTranslation();
  const adding = useAction(add);
  const practice = usePracticeHosts();
  const hosts = useHosts();
  const press = async () => {
    if ((await adding.run()) === null) return;
    practice.again();
    hosts.again();
  };
  return (
    <>
      <div>
        <Button
          size="small"
          icon={<Plus aria-hidden size={14} />}
          isDisabled={adding.busy}
          onPress={() => void press()}
        >
          {t('practice.add')}
        </Button>
      </div>
      {adding.failure !== null && <FailureCard failure={adding.failure} />}
    </>
  );
}
