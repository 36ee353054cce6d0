/** A host that is being read, or why it could not be; nothing once it was. */
import { useTranslation } from 'react-i18next';
import type { Asked } from '../connection/use-asked.ts';
import { Reading } from '../ui/Empty.tsx';
import { FailureAgain } from '../ui/FailureAgain.tsx';

export function HostReading({
  host,
  asked: { data, failure, again },
}: {
  /** null: none is chosen yet. */
  readonly host: string | null;
  readonly asked: Pick<Asked<unknown>, 'data' | 'failure' | 'again'>;
}) {
  const { t } = useTranslation();
  if (failure !== null) return <FailureAgain failure={failure} onAgain={again} />;
  return host === null || data !== null ? null : <Reading>{t('wizard.readingHost', { host })}</Reading>;
}
