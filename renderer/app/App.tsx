import { useEffect, useMemo, useRef } from 'react';
import { I18nProvider } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../connection/state.ts';
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
import { LiveRegion } from '../ui/LiveRegion.tsx';
import { VerifyPage } from '../verify/VerifyPage.tsx';
import { WizardPage } from '../wizard/WizardPage.tsx';
import styles from './App.module.css';
import { ConnectionBar } from './ConnectionBar.tsx';
import { Rail } from './Rail.tsx';
import { formatRoute, parseRoute, type Route, useFragment } from './route.ts';
import { Shortcuts } from './Shortcuts.tsx';
import { UnknownWindow } from './UnknownWindow.tsx';

export function App() {
  const { t } = useTranslation();
  const fragment = useFragment();
  const route = useMemo(() => parseRoute(fragment), [fragment]);
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);

  // A new page starts at its top, for eyes and for screen readers; the first one leaves the focus to the browser.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the route is what is followed.
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else main.current?.focus();
  }, [route]);

  return (
    <I18nProvider locale={language()}>
      <button type="button" className={styles.skip} onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      <div className={styles.frame}>
        <Rail route={route} />
        <div className={styles.content}>
          <ConnectionBar />
          <main ref={main} tabIndex={-1} className={styles.main}>
            <CurrentPage route={route} />
          </main>
        </div>
      </div>
      <Shortcuts route={route} />
      <Prompts />
      <LiveRegion />
    </I18nProvider>
  );
}

function CurrentPage({ route }: { readonly route: Route }) {
  const isUnknown = useConnection(({ state, epoch }) => state.kind === 'refused' && epoch === 0);
  if (isUnknown) return <UnknownWindow />;
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
