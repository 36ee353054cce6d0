import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PackageSchema } from '../../shared/model/request.ts';
import { ChoiceCards } from '../ui/ChoiceCards.tsx';
import { formatNumber } from '../ui/format.ts';
import { AlsoList } from './AlsoList.tsx';
import { choosePackage } from './draft.ts';
import { ExcludeList } from './ExcludeList.tsx';
import styles from './PackageChoice.module.css';
import { PackageTable } from './PackageTable.tsx';
import { childrenOf, type TreeDataset } from './read.ts';
import { useWizard } from './store.ts';
import { usePreview } from './use-preview.ts';

/** What goes along with the dataset: each kind in a sentence, its stream table beside it. */
export function PackageChoice({ datasets }: { readonly datasets: readonly TreeDataset[] }) {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const preview = usePreview(draft);
  // The same list as long as it holds the same: another one would move the place of the keyboard in it.
  const children = useMemo(() => childrenOf(datasets, draft.sourceDataset ?? ''), [datasets, draft.sourceDataset]);
  const chosen = preview.data?.find((one) => one.package === draft.options.package) ?? null;
  return (
    <div className={styles.choice}>
      <div className={styles.kinds}>
        <ChoiceCards
          label={t('package.label')}
          orientation="vertical"
          value={draft.options.package}
          onChange={(kind) => change((old) => choosePackage(old, kind))}
          choices={PackageSchema.options.map((id) => {
            const known = preview.data?.find((one) => one.package === id);
            return {
              id,
              content: (
                <span className={styles.kind}>
                  <span className={styles.head}>
                    <strong>{t(`package.kinds.${id}.name`)}</strong>
                    {known !== undefined && known.blocked === null && (
                      <span className={styles.soft}>
                        {t('package.streams', { count: known.count, shown: formatNumber(known.count) })}
                      </span>
                    )}
                  </span>
                  <span className={styles.soft}>{t(`package.kinds.${id}.sentence`)}</span>
                </span>
              ),
            };
          })}
        />
        {draft.options.package !== 'single' && children.length > 0 && <ExcludeList below={children} />}
        {datasets.length > 1 && <AlsoList datasets={datasets} />}
      </div>
      <PackageTable preview={chosen} failure={preview.failure} />
    </div>
  );
}
