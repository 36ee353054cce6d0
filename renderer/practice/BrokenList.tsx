import { useTranslation } from 'react-i18next';
import type { Broken } from '../../shared/model/practice.ts';
import { formatAge } from '../ui/format.ts';
import { Mark } from '../ui/Mark.tsx';
import styles from './BrokenList.module.css';

/** What was broken on a host, newest first: what was done, and what is to be expected now. */
export function BrokenList({ host, broken }: { readonly host: string; readonly broken: readonly Broken[] }) {
  const { t } = useTranslation();
  return (
    <ul className={styles.list} aria-label={t('practice.brokenOn', { host })}>
      {broken.toReversed().map((one) => (
        <li key={`${one.what} ${one.at}`} className={styles.one}>
          <Mark tone={isWithoutEffect(one) ? 'note' : 'warn'} look="plain">
            {t(`practice.breakages.${one.what}.name`)}
          </Mark>
          <p>
            <DoneWords one={one} host={host} />{' '}
            <span className={styles.soft}>{formatAge(Date.parse(one.at), Date.now())}</span>
          </p>
          <p className={styles.soft}>
            <strong>{t('practice.expect')}</strong>{' '}
            {isWithoutEffect(one) ? t('practice.nothingToExpect') : t(`practice.expected.${one.what}`)}{' '}
            {one.what !== 'cut-line' && !isWithoutEffect(one) && t('practice.untilReset')}
          </p>
        </li>
      ))}
    </ul>
  );
}

/** There was nothing that could have been filled or modified. */
const isWithoutEffect = ({ what, touched }: Broken): boolean =>
  (what === 'fill-pool' || what === 'modify-destination') && touched.length === 0;

function DoneWords({ one, host }: { readonly one: Broken; readonly host: string }) {
  const { t } = useTranslation();
  if (one.touched.length === 0 && (one.what === 'fill-pool' || one.what === 'modify-destination')) {
    return t(`practice.done.${one.what}-none`, { host });
  }
  return t(`practice.done.${one.what}`, { host, touched: one.touched.join(', ') });
}
