import { Hammer } from 'lucide-react';
import { Menu, MenuItem, MenuTrigger, Popover, Text } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { type Breakage, BreakageSchema } from '../../shared/model/practice.ts';
import { Button } from '../ui/Button.tsx';
import { classNames } from '../ui/class-names.ts';
import menu from '../ui/menu.module.css';
import styles from './BreakMenu.module.css';

/** What can be broken on a host, each with what would be done. */
export function BreakMenu({
  host,
  isDisabled,
  onBreak,
}: {
  readonly host: string;
  readonly isDisabled: boolean;
  readonly onBreak: (what: Breakage) => void;
}) {
  const { t } = useTranslation();
  return (
    <MenuTrigger>
      <Button
        icon={<Hammer aria-hidden size={14} />}
        isDisabled={isDisabled}
        aria-label={t('practice.breakOn', { host })}
      >
        {t('practice.break')}
      </Button>
      <Popover placement="bottom start" className={classNames(menu.popover, styles.menu)}>
        <Menu
          aria-label={t('practice.breakOn', { host })}
          onAction={(key) => {
            const what = BreakageSchema.safeParse(key);
            if (what.success) onBreak(what.data);
          }}
        >
          {BreakageSchema.options.map((what) => (
            <MenuItem
              key={what}
              id={what}
              textValue={t(`practice.breakages.${what}.name`)}
              className={classNames(menu.item, styles.item)}
            >
              <Text slot="label" className={styles.name ?? ''}>
                {t(`practice.breakages.${what}.name`)}
              </Text>
              <Text slot="description" className={styles.detail ?? ''}>
                {t(`practice.breakages.${what}.detail`, { host })}
              </Text>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
