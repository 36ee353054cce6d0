import { useTranslation } from 'react-i18next';
import type { Tree } from '../../shared/api/contract.ts';
import { ChoiceCards } from '../ui/ChoiceCards.tsx';
import { DEAD, PoolSummary } from './PoolSummary.tsx';

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
  return (
    <ChoiceCards
      label={t('destination.pool')}
      value={value}
      onChange={onChange}
      choices={tree.pools.map((pool) => ({
        id: pool.name as string,
        isDisabled: pool.readonly || DEAD.includes(pool.health),
        content: <PoolSummary pool={pool} datasets={tree.datasets} />,
      }))}
    />
  );
}
