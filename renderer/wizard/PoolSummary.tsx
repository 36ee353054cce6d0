import { useTranslation } from 'react-i18next';
import type { Dataset, Pool } from '../../shared/model/inventory.ts';
import { formatBytes, formatPercent } from '../ui/format.ts';
import { Mark, type Tone } from '../ui/Mark.tsx';
import { Meter } from '../ui/Meter.tsx';
import styles from './PoolSummary.module.css';

/** Health of a pool that takes and gives nothing. */
export const DEAD = ['FAULTED', 'UNAVAIL', 'SUSPENDED', 'REMOVED', 'OFFLINE'];

const toneOf = (health: string): Tone => (health === 'ONLINE' ? 'good' : DEAD.includes(health) ? 'bad' : 'warn');

/** A pool with its room and health. */
export function PoolSummary({
  pool,
  datasets,
}: {
  readonly pool: Pool;
  /** Those of its host: what can be written is what its root has, without what ZFS keeps for itself and for parity. */
  readonly datasets: readonly Pick<Dataset, 'name' | 'available'>[];
}) {
  const { t } = useTranslation();
  const room = datasets.find(({ name }) => name === pool.name)?.available ?? null;
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
            <span>
              {room === null
                ? t('destination.free', { bytes: formatBytes(pool.free) })
                : t('destination.room', { bytes: formatBytes(room) })}
            </span>
            <span className={styles.soft}>
              {t('destination.usedOf', {
                percent: formatPercent(1 - pool.free / pool.size),
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
