import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReceiveProfile } from '../../shared/model/request.ts';
import { TextLines } from '../ui/TextLines.tsx';
import styles from './MoreChoices.module.css';
import { readNames, readSettings, writeNames, writeSettings } from './properties.ts';

/** Properties that the copy gets, and those of the source that it does not take. */
export function PropertyList({
  receive,
  onChange,
}: {
  readonly receive: ReceiveProfile;
  readonly onChange: (receive: ReceiveProfile) => void;
}) {
  const { t } = useTranslation();
  const [set, setSet] = useState(() => writeSettings(receive.set));
  const [skip, setSkip] = useState(() => writeNames(receive.skip));
  const fault = (line: string | null) => (line === null ? null : t('how.propertyFault', { line }));
  return (
    <div className={styles.choices}>
      <TextLines
        label={t('how.set')}
        hint={t('how.setHint')}
        value={set}
        onChange={(text) => {
          setSet(text);
          onChange({ ...receive, set: [...readSettings(text).values] });
        }}
        fault={fault(readSettings(set).fault)}
      />
      <TextLines
        label={t('how.skip')}
        hint={t('how.skipHint')}
        value={skip}
        onChange={(text) => {
          setSkip(text);
          onChange({ ...receive, skip: [...readNames(text).values] });
        }}
        fault={fault(readNames(skip).fault)}
      />
    </div>
  );
}
