import { useTranslation } from 'react-i18next';
import type { Tree } from '../../shared/api/contract.ts';
import { ChoiceCards } from '../ui/ChoiceCards.tsx';
import { formatBytes, formatPercent } from '../ui/format.ts';
import { Mark, type Tone } from '../ui/Mark.tsx';
import { Meter } from '../ui/Meter.tsx';
import styles from './PoolCards.module.css';

const DEAD = ['FAULTED', 'UNAVAIL', 'SUSPENDED', 'REMOVED', 'OFFLINE'];

/** The pools of the destination, with room and health. */
export function PoolCards({
  tree,
  value,
  onChange,
}: {
  readonly tree: Tree;
  readonly value: string | null;
  readonly onChange: (pool: string) => void;
}) {
  const { t } = useTranslation();
  const tone = (health: string): Tone => (health === 'ONLINE' ? 'good' : DEAD.includes(health) ? 'bad' : 'warn');
  return (
    <ChoiceCards
      label={t('destination.pool')}
      value={value}
      onChange={onChange}
      choices={tree.pools.map((pool) => ({
        id: pool.name as string,
        isDisabled: pool.readonly || DEAD.includes(pool.health),
        content: (
          <span className={styles.card}>
            <span className={styles.head}>
              <span className={styles.name}>{pool.name}</span>
              <Mark tone={tone(pool.health)}>{pool.health}</Mark>
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
        ),
      }))}
    />
  );
}
