import { useTranslation } from 'react-i18next';
import type { ReplicationRequest } from '../../shared/model/request.ts';
import { classNames } from '../ui/class-names.ts';
import { Select } from '../ui/Select.tsx';
import { Switch } from '../ui/Switch.tsx';
import { makesCopies } from './draft.ts';
import styles from './HowStep.module.css';
import { DEFAULT_LIMIT, LimitField } from './LimitField.tsx';
import { MoreChoices } from './MoreChoices.tsx';
import { useTree } from './read.ts';
import { useWizard } from './store.ts';

export function HowStep() {
  const { t } = useTranslation();
  const { draft, change } = useWizard();
  const { options } = draft;
  const set = (options: Partial<Omit<ReplicationRequest, 'source' | 'destination'>>) =>
    change((old) => ({ ...old, options: { ...old.options, ...options } }));
  const tree = useTree(draft.sourceHost);
  const encryption = tree.data?.datasets.find(({ name }) => name === draft.sourceDataset)?.encryption ?? null;
  return (
    <div className={classNames('surface', styles.sentences)}>
      {draft.mode === 'continue' && <KeptCopy host={draft.destinationHost} name={draft.continued} />}
      {makesCopies(draft) && (
        <>
          <Switch
            title={t('how.readonly')}
            isOn={options.receive.readonly === 'on'}
            onChange={(isOn) => set({ receive: { ...options.receive, readonly: isOn ? 'on' : 'off' } })}
          >
            {t('how.readonlyDetail')}
          </Switch>
          <Switch
            title={t('how.unmounted')}
            isOn={!options.receive.mount}
            onChange={(isOn) => set({ receive: { ...options.receive, mount: !isOn } })}
          >
            {t('how.unmountedDetail')}
          </Switch>
        </>
      )}
      {options.package === 'single' && (
        <Switch
          title={t('how.intermediates')}
          isOn={options.intermediates}
          onChange={(intermediates) => set({ intermediates })}
        >
          {t('how.intermediatesDetail')}
        </Switch>
      )}
      {encryption !== null && encryption !== 'off' && (
        <div className={styles.raw}>
          <Select
            label={t('how.raw', { encryption })}
            choices={(['auto', 'yes', 'no'] as const).map((id) => ({ id, label: t(`how.rawChoice.${id}`) }))}
            value={options.raw}
            onChange={(raw) => set({ raw })}
          />
        </div>
      )}
      <Switch
        title={t('how.limit')}
        isOn={options.limit !== null}
        onChange={(isOn) => set({ limit: isOn ? DEFAULT_LIMIT : null })}
      >
        {t('how.limitDetail')}
        {options.limit !== null && <LimitField limit={options.limit} onChange={(limit) => set({ limit })} />}
      </Switch>
      <MoreChoices options={options} isPackage={options.package !== 'single'} set={set} />
      <p className={styles.always}>{t('how.always')}</p>
    </div>
  );
}

/** Properties are given to a copy when it is made: one that is there stays what it is. */
function KeptCopy({ host, name }: { readonly host: string | null; readonly name: string | null }) {
  const { t } = useTranslation();
  const copy = useTree(host).data?.datasets.find((dataset) => dataset.name === name);
  if (name === null) return null;
  // How it is comes late: the line is there before, so that nothing below it moves.
  const words =
    copy === undefined
      ? []
      : [
          t(copy.readonly ? 'steps.how.readonly' : 'steps.how.writable'),
          ...(copy.mounted === null ? [] : [t(copy.mounted ? 'steps.how.mounted' : 'steps.how.unmounted')]),
        ];
  return (
    <p>
      {t('how.kept', { copy: name })} {words.length > 0 && `(${words.join(', ')})`}
    </p>
  );
}
