import { useTranslation } from 'react-i18next';
import { THEMES } from '../app/theme.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { Card } from '../ui/Card.tsx';
import { Copy } from '../ui/Copy.tsx';
import { Details } from '../ui/Details.tsx';
import { Facts } from '../ui/Facts.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Page } from '../ui/Page.tsx';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { LICENCES } from './licences.ts';
import { NewReplicationSettings } from './NewReplicationSettings.tsx';
import { describePlatform } from './platform.ts';
import styles from './SettingsPage.module.css';
import { changeSettings, useSettings } from './settings.ts';

export function SettingsPage() {
  const { t } = useTranslation();
  const info = useAppInfo();
  const { settings, failure } = useSettings();
  const notify = async (isOn: boolean) => {
    const isGranted = isOn && (await Notification.requestPermission()) === 'granted';
    changeSettings({ notifications: isGranted });
  };
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')}>
      {failure !== null && <FailureCard failure={failure} />}
      <div className={styles.columns}>
        <div className={styles.column}>
          <Card title={t('settings.look')}>
            <div className={styles.fields}>
              <Select
                label={t('settings.language')}
                choices={(['system', 'en', 'de'] as const).map((id) => ({ id, label: t(`settings.languages.${id}`) }))}
                value={settings.language}
                onChange={(language) => changeSettings({ language })}
              />
              <Select
                label={t('theme.label')}
                choices={THEMES.map((id) => ({ id, label: t(`theme.${id}`) }))}
                value={settings.theme}
                onChange={(theme) => changeSettings({ theme })}
              />
              <Select
                label={t('settings.units')}
                choices={(['iec', 'si'] as const).map((id) => ({ id, label: t(`settings.unitChoice.${id}`) }))}
                value={settings.units}
                onChange={(units) => changeSettings({ units })}
              />
              <Switch
                title={t('settings.notifications')}
                isOn={settings.notifications}
                onChange={(isOn) => void notify(isOn)}
              >
                {t('settings.notificationsDetail')}
              </Switch>
              <Switch
                title={t('settings.shortcuts')}
                isOn={settings.shortcuts}
                onChange={(shortcuts) => changeSettings({ shortcuts })}
              >
                {t('settings.shortcutsDetail')}
              </Switch>
            </div>
          </Card>
          <Card title={t('settings.state')}>
            <div className={styles.fields}>
              <div>
                <p className={styles.soft}>{t('settings.folder')}</p>
                <p className={styles.folder}>
                  <code>{info.stateDir}</code>
                  <Copy text={info.stateDir} what={t('settings.folder')} />
                </p>
                <p className={styles.soft}>{t('settings.folderHolds')}</p>
              </div>
              <Facts
                className={styles.facts}
                facts={[
                  [t('settings.agent'), t(info.agent ? 'settings.agentAnswers' : 'settings.agentMissing')],
                  [
                    t('settings.keychain'),
                    t(info.keychain ? 'settings.keychainThere' : `settings.keychainMissing.${info.shell}`),
                  ],
                  [t('settings.localZfs'), t(info.localZfs ? 'settings.found' : 'settings.notFound')],
                ]}
              />
              <p className={styles.soft}>{t(info.keychain ? 'settings.secretsKept' : 'settings.secretsInMemory')}</p>
            </div>
          </Card>
        </div>
        <div className={styles.column}>
          <NewReplicationSettings />
          <Card title={t('settings.about')}>
            <div className={styles.fields}>
              <Facts
                className={styles.facts}
                facts={[
                  [t('app.name'), t('app.version', { version: info.version })],
                  [t('settings.shell'), t(`settings.shells.${info.shell}`)],
                  [t('settings.engine'), describePlatform(navigator.userAgent)],
                ]}
              />
              <p className={styles.soft}>{t('settings.licence')}</p>
              <Details summary={t('settings.licences', { count: LICENCES.length })}>
                <Facts facts={LICENCES} className={styles.facts} />
              </Details>
            </div>
          </Card>
        </div>
      </div>
    </Page>
  );
}
