import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../shared/model/plan.ts';
import { Button } from '../ui/Button.tsx';
import { Details } from '../ui/Details.tsx';
import { Field } from '../ui/Field.tsx';
import { Modal } from '../ui/Modal.tsx';
import { LossList } from './EffectsTable.tsx';
import styles from './LossDialog.module.css';

const SHOWN = 10;

/** Asks before data is lost: every loss by name, the dataset's name typed, the focus on the safe button. */
export function LossDialog({
  plan,
  isBusy,
  onClose,
  onConfirm,
}: {
  readonly plan: Plan;
  readonly isBusy: boolean;
  readonly onClose: () => void;
  readonly onConfirm: (name: string) => void;
}) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const { losses, target, request } = plan;
  const rest = losses.slice(SHOWN);
  return (
    <Modal
      isAlert
      isOpen
      isBusy={isBusy}
      size="wide"
      title={t('losses.title', { dataset: target })}
      onClose={onClose}
      footer={
        <>
          <Button autoFocus isDisabled={isBusy} onPress={onClose}>
            {t('losses.keep')}
          </Button>
          <Button look="danger" isDisabled={typed !== target || isBusy} onPress={() => onConfirm(typed)}>
            {isBusy ? t('losses.starting') : t('losses.confirm', { count: losses.length })}
          </Button>
        </>
      }
    >
      <p>{t('losses.body', { dataset: target, host: request.destination.host })}</p>
      <div className={styles.list}>
        <LossList losses={losses.slice(0, SHOWN)} />
        {rest.length > 0 && (
          <Details summary={t('losses.more', { count: rest.length })}>
            <LossList losses={rest} />
          </Details>
        )}
      </div>
      <p className={styles.soft}>
        {t('losses.source', { dataset: request.source.dataset, host: request.source.host })}
      </p>
      <Field label={t('losses.type', { dataset: target })} value={typed} onChange={setTyped} mono />
    </Modal>
  );
}
