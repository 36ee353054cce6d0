import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Modal } from '../ui/Modal.tsx';
import { Switch } from '../ui/Switch.tsx';
import { DEFAULT_LIMIT, LimitField } from '../wizard/LimitField.tsx';

const setLimit = async (run: string, limit: number | null): Promise<true> => {
  await sluice.runs.setLimit({ run, limit });
  return true;
};

/** How much of the line a run under way may use, from now on. @param limit bytes per second */
export function LimitDialog({
  run,
  limit,
  onClose,
}: {
  readonly run: string;
  readonly limit: number | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(limit);
  const action = useAction(setLimit);
  const confirm = async () => {
    if (await action.run(run, chosen)) onClose();
  };
  return (
    <Modal
      isOpen
      title={t('transfer.limitTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>{t('ui.cancel')}</Button>
          <Button look="primary" isDisabled={action.busy} onPress={() => void confirm()}>
            {t('transfer.limitSet')}
          </Button>
        </>
      }
    >
      <p>{t('transfer.limitLead')}</p>
      <Switch
        title={t('how.limit')}
        isOn={chosen !== null}
        onChange={(isOn) => setChosen(isOn ? (limit ?? DEFAULT_LIMIT) : null)}
      >
        {chosen !== null && <LimitField limit={chosen} onChange={setChosen} />}
      </Switch>
      {action.failure !== null && <FailureCard failure={action.failure} />}
    </Modal>
  );
}
