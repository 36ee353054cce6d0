import { useTranslation } from 'react-i18next';
import { defaultSettings, type NewReplication } from '../../shared/model/settings.ts';
import { Button } from '../ui/Button.tsx';
import { Card } from '../ui/Card.tsx';
import { Switch } from '../ui/Switch.tsx';
import { DEFAULT_LIMIT, LimitField } from '../wizard/LimitField.tsx';
import { MoreChoices } from '../wizard/MoreChoices.tsx';
import styles from './SettingsPage.module.css';
import { changeSettings, useSettings } from './settings.ts';

/** What a new replication begins with; each can still be chosen otherwise in the wizard. */
export function NewReplicationSettings() {
  const { t } = useTranslation();
  const options = useSettings(({ settings }) => settings.newReplication);
  const set = (change: Partial<NewReplication>) => changeSettings({ newReplication: { ...options, ...change } });
  const isChanged = JSON.stringify(options) !== JSON.stringify(defaultSettings.newReplication);
  return (
    <Card
      title={t('settings.newReplication')}
      aside={
        isChanged && (
          <Button size="small" onPress={() => changeSettings({ newReplication: defaultSettings.newReplication })}>
            {t('settings.asShipped')}
          </Button>
        )
      }
    >
      <div className={styles.fields}>
        <Switch
          title={t('how.readonly')}
          isOn={options.receive.readonly === 'on'}
          onChange={(isOn) => set({ receive: { ...options.receive, readonly: isOn ? 'on' : 'off' } })}
        />
        <Switch
          title={t('how.unmounted')}
          isOn={!options.receive.mount}
          onChange={(isOn) => set({ receive: { ...options.receive, mount: !isOn } })}
        />
        <Switch
          title={t('how.intermediates')}
          isOn={options.intermediates}
          onChange={(intermediates) => set({ intermediates })}
        />
        <Switch
          title={t('how.limit')}
          isOn={options.limit !== null}
          onChange={(isOn) => set({ limit: isOn ? DEFAULT_LIMIT : null })}
        >
          {options.limit !== null && <LimitField limit={options.limit} onChange={(limit) => set({ limit })} />}
        </Switch>
        <MoreChoices options={options} isPackage set={set} />
      </div>
    </Card>
  );
}
