import { useTranslation } from 'react-i18next';
import { Card } from '../ui/Card.tsx';
import { formatNumber } from '../ui/format.ts';
import { Meter } from '../ui/Meter.tsx';
import type { VerifyProgress } from './use-verification.ts';

/** What is compared at this moment. */
export function Comparing({ progress }: { readonly progress: VerifyProgress | null }) {
  const { t } = useTranslation();
  if (progress === null) {
    return (
      <Card>
        <p role="status">{t('verify.connecting')}</p>
      </Card>
    );
  }
  const { dataset, phase, done, total } = progress;
  return (
    <Card>
      <p role="status">{t(`verify.phase.${phase}`, { dataset })}</p>
      {total !== null && total > 0 && <Meter fraction={done / total} />}
      <p>
        {phase === 'waiting'
          ? t('verify.goesOnIn', { seconds: formatNumber(done) })
          : total === null
            ? t('verify.soFar', { done: formatNumber(done) })
            : t('verify.doneOf', { done: formatNumber(done), total: formatNumber(total) })}
      </p>
    </Card>
  );
}
