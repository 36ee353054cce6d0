import { useTranslation } from 'react-i18next';
import type { Tree } from '../../shared/api/contract.ts';
import { say } from '../texts/engine/say.ts';
import { Button } from '../ui/Button.tsx';
import { Field } from '../ui/Field.tsx';
import { formatBytes } from '../ui/format.ts';
import { Select } from '../ui/Select.tsx';
import { chooseContinued, chooseNew, nameFault, targetOf } from './draft.ts';
import styles from './NewCopy.module.css';
import { PoolCards } from './PoolCards.tsx';
import { useWizard } from './store.ts';

/** A dataset of its own: pool, parent, name. */
export function NewCopy({ tree }: { readonly tree: Tree }) {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const pool = draft.parent?.split('/')[0] ?? null;
  const parents = tree.datasets.filter(({ name, kind }) => kind === 'filesystem' && name.split('/')[0] === pool);
  const target = targetOf(draft);
  const exists = tree.datasets.some(({ name }) => name === target);
  const fault = nameFault(draft);
  const isSeveral = draft.naming !== 'exact';
  return (
    <>
      <PoolCards tree={tree} value={pool} onChange={(parent) => change((old) => chooseNew(old, { parent }))} />
      {pool !== null && (
        <>
          <div className={styles.place}>
            <Select
              label={t('destination.parent')}
              mono
              choices={parents.map(({ name, available }) => ({
                id: name as string,
                label: name,
                ...(available === null ? {} : { detail: t('destination.free', { bytes: formatBytes(available) }) }),
              }))}
              value={draft.parent}
              onChange={(parent) => change((old) => chooseNew(old, { parent }))}
              className={styles.parent}
            />
            <Field
              label={t(isSeveral ? 'destination.holder' : 'destination.name')}
              mono
              prefix="/"
              value={draft.name}
              onChange={(name) => change((old) => chooseNew(old, { name }))}
              fault={fault === null ? null : say(fault)}
              className={styles.name}
            />
          </div>
          {isSeveral && (
            <Select
              label={t('destination.naming')}
              choices={(['last-name', 'without-pool'] as const).map((id) => ({
                id,
                label: t(`destination.namings.${id}`),
              }))}
              value={draft.naming === 'exact' ? 'last-name' : draft.naming}
              onChange={(naming) => change((old) => ({ ...old, naming }))}
              className={styles.naming}
            />
          )}
          {target !== null && fault === null && (
            <p className={styles.outcome}>
              {isSeveral ? (
                <span>
                  {t('destination.severalIn', { dataset: target, host: tree.host, count: draft.also.length + 1 })}
                </span>
              ) : exists ? (
                <>
                  <span>{t('destination.exists', { dataset: target })}</span>
                  <Button size="small" onPress={() => change((old) => chooseContinued(old, target))}>
                    {t('destination.continueThat')}
                  </Button>
                </>
              ) : (
                <span>{t('destination.willBeCreated', { dataset: target, host: tree.host })}</span>
              )}
            </p>
          )}
        </>
      )}
    </>
  );
}
