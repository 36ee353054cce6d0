import { useEffect, useMemo, useRef } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '../../shared/api/contract.ts';
import { useAskedAppInfo } from '../connection/app-info.ts';
import { useConnection } from '../connection/state.ts';
import type { Asked } from '../connection/use-asked.ts';
import { ExplorePage } from '../explore/ExplorePage.tsx';
import { HostPage } from '../hosts/HostPage.tsx';
import { HostsPage } from '../hosts/HostsPage.tsx';
import { PracticePage } from '../practice/PracticePage.tsx';
import { Prompts } from '../prompts/PromptDialog.tsx';
import { ComparePage } from '../runs/ComparePage.tsx';
import { RunPage } from '../runs/RunPage.tsx';
import { RunsPage } from '../runs/RunsPage.tsx';
import { SettingsPage } from '../settings/SettingsPage.tsx';
import { StartPage } from '../start/StartPage.tsx';
import { language } from '../texts/texts.ts';
import { Reading } from '../ui/Empty.tsx';
import { FailureAgain } from '../ui/FailureAgain.tsx';
import { LiveRegion } from '../ui/LiveRegion.tsx';
import { VerifyPage } from '../verify/VerifyPage.tsx';
import { WizardPage } from '../wizard/WizardPage.tsx';
import styles from './App.module.css';
import { ConnectionBar } from './ConnectionBar.tsx';
import { Rail } from './Rail.tsx';
import { formatRoute, pageKey, parseRoute, type Route, useFragment } from './route.ts';
import { Shortcuts } from './Shortcuts.tsx';
import { UnknownWindow } from './UnknownWindow.tsx';

export function App() {
  const { t } = useTranslation();
  const fragment = useFragment();
  const route = useMemo(() => parseRoute(fragment), [fragment]);
  const page = pageKey(route);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const info = useAskedAppInfo();

  // A new page starts at its top, for eyes and for screen readers; the first one leaves the focus to the browser.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is what is followed.
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else main.current?.focus();
  }, [page]);

  return (
    <I18nProvider locale={language()}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      <div className={styles.frame}>
        <Rail route={route} info={info.data} />
        <div className={styles.content}>
          <ConnectionBar />
          <main ref={main} tabIndex={-1} className={styles.main}>
            <Content route={route} info={info} />
          </main>
        </div>
      </div>
      <Shortcuts route={route} />
      <Prompts />
      <LiveRegion />
    </I18nProvider>
  );
}

/** The page, once it is known what the main process is: many of its parts are other ones on practice hosts. */
function Content({ route, info }: { readonly route: Route; readonly info: Asked<AppInfo> }) {
  const { t } = useTranslation();
  const isUnknown = useConnection(({ state, epoch }) => state.kind === 'refused' && epoch === 0);
  if (isUnknown) return <UnknownWindow />;
  if (info.data !== null) return <CurrentPage route={route} />;
  if (info.failure !== null) return <FailureAgain failure={info.failure} onAgain={info.again} />;
  return <Reading>{t('ui.reading')}</Reading>;
}

function CurrentPage({ route }: { readonly route: Route }) {
  switch (route.page) {
    case 'start':
      return <StartPage />;
    case 'hosts':
      return <HostsPage />;
    case 'host':
      return <HostPage name={route.host} />;
    case 'compare':
      return <ComparePage first={route.first} second={route.second} />;
    case 'verify':
      // Another pair begins anew: no verdict may stay under other names.
      return <VerifyPage key={formatRoute(route)} ends={route.ends} />;
    case 'practice':
      return <PracticePage />;
    case 'settings':
      return <SettingsPage />;
    case 'explore':
      return <ExplorePage host={route.host} dataset={route.dataset} />;
    case 'replicate':
      return <WizardPage step={route.step} />;
    case 'runs':
      return <RunsPage />;
    case 'run':
      return <RunPage key={route.run} run={route.run} />;
  }
}
