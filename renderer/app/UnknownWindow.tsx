import { KeyRound } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../ui/Empty.tsx';
import { Page } from '../ui/Page.tsx';

/** What a window shows that the main process never let in. */
export function UnknownWindow() {
  const { t } = useTranslation();
  return (
    <Page title={t('app.name')}>
      <Empty icon={<KeyRound aria-hidden size={24} />} title={t('connection.refused')}>
        <p>{t('connection.refusedNext')}</p>
      </Empty>
    </Page>
  );
}
