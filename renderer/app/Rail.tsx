import {
  ArrowRightLeft,
  Contrast,
  FlaskConical,
  FolderTree,
  History,
  House,
  Moon,
  Server,
  Settings,
  Sun,
  SunMoon,
} from 'lucide-react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { AppInfo } from '../../shared/api/contract.ts';
import { classNames } from '../ui/class-names.ts';
import menu from '../ui/menu.module.css';
import { Logo } from './Logo.tsx';
import styles from './Rail.module.css';
import { formatRoute, type Route } from './route.ts';
import { THEMES, type Theme, useTheme } from './theme.ts';

const PAGES = [
  { route: { page: 'start' }, key: 'rail.start', Icon: House, also: [] },
  { route: { page: 'replicate', step: 'source' }, key: 'rail.replicate', Icon: ArrowRightLeft, also: [] },
  { route: { page: 'explore', host: null, dataset: null }, key: 'rail.explore', Icon: FolderTree, also: [] },
  { route: { page: 'runs' }, key: 'rail.runs', Icon: History, also: ['run', 'compare', 'verify'] },
  { route: { page: 'hosts' }, key: 'rail.hosts', Icon: Server, also: ['host'] },
  { route: { page: 'settings' }, key: 'rail.settings', Icon: Settings, also: [] },
] as const;
/** Only where the hosts are practice hosts; it also says on every page that they are. */
const PRACTICE = { route: { page: 'practice' }, key: 'rail.practice', Icon: FlaskConical, also: [] } as const;

const THEME_ICONS = { system: SunMoon, light: Sun, dark: Moon, contrast: Contrast } as const;

/** @param info null until it is known: there are no pages yet, of which one would move the others later */
export function Rail({ route, info }: { readonly route: Route; readonly info: AppInfo | null }) {
  const { t } = useTranslation();
  const pages = info === null ? [] : info.practice ? [PRACTICE, ...PAGES] : PAGES;
  return (
    <nav className={styles.rail} aria-label={t('rail.label')}>
      <div className={styles.brand}>
        <Logo />
        <span>{t('app.name')}</span>
      </div>
      <ul className={styles.pages}>
        {pages.map(({ route: to, key, Icon, also }) => {
          const isHere = to.page === route.page || also.some((page) => page === route.page);
          return (
            <li key={key}>
              <a
                href={formatRoute(to)}
                className={classNames(styles.page, to.page === 'practice' && styles.practice)}
                aria-current={isHere ? 'page' : undefined}
              >
                <Icon aria-hidden size={20} strokeWidth={1.75} />
                <span>{t(key)}</span>
              </a>
            </li>
          );
        })}
      </ul>
      <div className={styles.foot}>
        <ThemeMenu />
        <span className={styles.version}>{info !== null && t('app.version', { version: info.version })}</span>
      </div>
    </nav>
  );
}

function ThemeMenu() {
  const { t } = useTranslation();
  const { theme, choose } = useTheme();
  const Icon = THEME_ICONS[theme];
  return (
    <MenuTrigger>
      <Button className={styles.page ?? ''}>
        <Icon aria-hidden size={20} strokeWidth={1.75} />
        <span>{t('theme.label')}</span>
      </Button>
      <Popover placement="right bottom" className={menu.popover ?? ''}>
        <Menu
          aria-label={t('theme.label')}
          selectionMode="single"
          selectedKeys={[theme]}
          onAction={(key) => {
            const chosen = THEMES.find((candidate) => candidate === key);
            if (chosen !== undefined) choose(chosen);
          }}
        >
          {THEMES.map((choice: Theme) => {
            const ChoiceIcon = THEME_ICONS[choice];
            return (
              <MenuItem
                key={choice}
                id={choice}
                textValue={t(`theme.${choice}`)}
                className={classNames(menu.item, styles.item)}
              >
                <ChoiceIcon aria-hidden size={16} />
                {t(`theme.${choice}`)}
              </MenuItem>
            );
          })}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
