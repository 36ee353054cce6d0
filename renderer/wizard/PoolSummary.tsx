import { useTranslation } from 'react-i18next';
import type { Pool } from '../../shared/model/inventory.ts';
import { formatBytes, formatPercent } from '../ui/format.ts';
import { Mark, type Tone } from '../ui/Mark.tsx';
import { Meter } from '../ui/Meter.tsx';
import styles from './PoolSummary.module.css';

/** Health of a pool that takes and gives nothing. */
export const DEAD = ['FAULTED', 'UNAVAIL', 'SUSPENDED', 'REMOVED', 'OFFLINE'];

const toneOf = (health: string): Tone => (health === 'ONLINE' ? 'good' : DEAD.includes(health) ? 'bad' : 'warn');

/** A pool with its room and health. */
export function PoolSummary({ pool }: { readonly pool: Pool }) {
  const { t } = useTranslation();
  return (
    <span className={styles.card}>
      <span className={styles.head}>
        <span className={styles.name}>{pool.name}</span>
        <Mark tone={toneOf(pool.health)}>{pool.health}</Mark>
      </span>
      {pool.free !== null && pool.size !== null && pool.size > 0 && (
        <>
          <Meter fraction={1 - pool.free / pool.size} />
          <span className={styles.room}>
            <span>{t('destination.free', { bytes: formatBytes(pool.free) })}</span>
            <span className={styles.soft}>
              {t('destination.freeOf', {
                percent: formatPercent(pool.free / pool.size),
                size: formatBytes(pool.size),
              })}
            </span>
          </span>
        </>
      )}
      {pool.readonly && <span className={styles.soft}>{t('destination.poolReadonly')}</span>}
    </span>
  );
}
