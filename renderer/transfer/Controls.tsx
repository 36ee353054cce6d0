import { Gauge, Pause, Play, Square } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { announce } from '../ui/announce.ts';
import { Button } from '../ui/Button.tsx';
import { FailureDialog } from '../ui/FailureDialog.tsx';
import { formatRate } from '../ui/format.ts';
import { CancelDialog } from './CancelDialog.tsx';
import { LimitDialog } from './LimitDialog.tsx';

const hold = async (run: string, isPaused: boolean): Promise<true> => {
  await (isPaused ? sluice.runs.goOn({ run }) : sluice.runs.pause({ run }));
  return true;
};

/** Pause and go on, the limit, and the end. */
export function Controls({ detail }: { readonly detail: RunDetail }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<'cancel' | 'limit' | null>(null);
  const holding = useAction(hold);
  const { run } = detail.summary;
  const { paused, limit } = detail;
  const press = async () => {
    // Not disabled meanwhile, which would take the focus from it.
    if (holding.busy) return;
    if (await holding.run(run, paused)) announce(t(paused ? 'transfer.goesOn' : 'transfer.paused'));
  };
  const close = () => setAsking(null);
  return (
    <>
      <Button
        icon={paused ? <Play aria-hidden size={14} /> : <Pause aria-hidden size={14} />}
        look={paused ? 'primary' : 'secondary'}
        onPress={() => void press()}
      >
        {t(paused ? 'transfer.goOn' : 'transfer.pause')}
      </Button>
      <Button icon={<Gauge aria-hidden size={15} />} onPress={() => setAsking('limit')}>
        {limit === null ? t('transfer.limit') : t('transfer.limited', { rate: formatRate(limit) })}
      </Button>
      <Button icon={<Square aria-hidden size={13} />} onPress={() => setAsking('cancel')}>
        {t('transfer.cancel')}
      </Button>
      {asking === 'cancel' && <CancelDialog run={run} bytes={detail.progress?.bytes ?? null} onClose={close} />}
      {asking === 'limit' && <LimitDialog run={run} limit={limit} onClose={close} />}
      {holding.failure !== null && (
        <FailureDialog
          title={t(paused ? 'transfer.goOn' : 'transfer.pause')}
          failure={holding.failure}
          onClose={holding.clear}
        />
      )}
    </>
  );
}
