import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../settings/settings.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import { go, type Route, WIZARD_STEPS } from './route.ts';
import styles from './Shortcuts.module.css';
import { PAGE_KEYS, type Shortcut, shortcutOf } from './shortcuts.ts';

const PAGES: Readonly<Record<(typeof PAGE_KEYS)[number]['page'], Route>> = {
  start: { page: 'start' },
  replicate: { page: 'replicate', step: 'source' },
  explore: { page: 'explore', host: null, dataset: null },
  runs: { page: 'runs' },
  hosts: { page: 'hosts' },
  settings: { page: 'settings' },
  practice: { page: 'practice' },
};

function stepFrom(route: Route, by: 1 | -1): Route | null {
  if (route.page !== 'replicate') return null;
  const step = WIZARD_STEPS[WIZARD_STEPS.indexOf(route.step) + by];
  return step === undefined ? null : { page: 'replicate', step };
}

/** Keys that work everywhere, and the sheet that tells of them. */
export function Shortcuts({ route }: { readonly route: Route }) {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  const isOn = useSettings(({ settings }) => settings.shortcuts);
  useEffect(() => {
    const act = (shortcut: Shortcut) => {
      switch (shortcut.kind) {
        case 'help':
          return setIsShown(true);
        case 'page':
          return go(PAGES[shortcut.page]);
        case 'step': {
          const to = stepFrom(route, shortcut.by);
          if (to !== null) go(to);
        }
      }
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const shortcut = shortcutOf(event, isOn);
      // Behind a dialog nothing moves.
      if (shortcut === null || document.querySelector('[role=dialog], [role=alertdialog]') !== null) return;
      event.preventDefault();
      act(shortcut);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [route, isOn]);
  if (!isShown) return null;
  const groups: readonly (readonly [string, readonly (readonly [keys: string, meaning: string])[]])[] = [
    [t('keys.pages'), PAGE_KEYS.map(({ digit, page }) => [`Alt+${digit}`, t(`rail.${page}`)])],
    [
      t('keys.wizard'),
      [
        ['Alt+→', t('keys.next')],
        ['Alt+←', t('keys.back')],
      ],
    ],
    [
      t('keys.lists'),
      [
        ['↑ ↓', t('keys.move')],
        ['Home, End', t('keys.ends')],
        ['← →', t('keys.openClose')],
        ['Enter', t('keys.choose')],
        ['Esc', t('keys.close')],
        ['?', t('keys.open')],
      ],
    ],
  ];
  return (
    <Modal
      isOpen
      title={t('keys.title')}
      onClose={() => setIsShown(false)}
      footer={
        <Button autoFocus onPress={() => setIsShown(false)}>
          {t('ui.close')}
        </Button>
      }
    >
      <p>{t('keys.lead')}</p>
      <div className={styles.groups}>
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl className={styles.keys}>
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    <kbd className={styles.key}>{key}</kbd>
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
