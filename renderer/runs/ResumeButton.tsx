import { Play } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { go } from '../app/route.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { Button } from '../ui/Button.tsx';
import { FailureDialog } from '../ui/FailureDialog.tsx';
import { followRun } from './watch-run.ts';

const resume = async (run: string): Promise<true> => {
  await sluice.runs.resume({ run });
  return true;
};

/** Goes on with a run that did not end; what was received is kept and not sent again. */
export function ResumeButton({
  run,
  size = 'normal',
  look = size === 'small' ? 'secondary' : 'primary',
}: {
  readonly run: string;
  readonly size?: 'normal' | 'small';
  readonly look?: 'primary' | 'secondary';
}) {
  const { t } = useTranslation();
  const action = useAction(resume);
  const press = async () => {
    if ((await action.run(run)) === null) return;
    void followRun(run);
    go({ page: 'run', run });
  };
  return (
    <>
      <Button
        look={look}
        size={size}
        icon={<Play aria-hidden size={14} />}
        isDisabled={action.busy}
        onPress={() => void press()}
      >
        {t('runs.resume')}
      </Button>
      {action.failure !== null && (
        <FailureDialog title={t('runs.resumeFailed')} failure={action.failure} onClose={action.clear} />
      )}
    </>
  );
}
