import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../shared/model/plan.ts';
import { Button } from '../ui/Button.tsx';
import { Details } from '../ui/Details.tsx';
import { Field } from '../ui/Field.tsx';
import { Modal } from '../ui/Modal.tsx';
import { LossList } from './EffectsTable.tsx';
import { rollBacksOf } from './effects.ts';
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
  const rolledBack = rollBacksOf(plan);
  const [only] = rolledBack;
  return (
    <Modal
      isAlert
      isOpen
      isBusy={isBusy}
      size="wide"
      title={
        only === undefined
          ? t('losses.title', { dataset: target })
          : rolledBack.length === 1
            ? t('losses.titleRollBack', { ...only })
            : t('losses.titleRollBacks', { count: rolledBack.length, dataset: target })
      }
      onClose={onClose}
      footer={
        <>
          <Button autoFocus isDisabled={isBusy} onPress={onClose}>
            {t('losses.keep')}
          </Button>
          <Button look="danger" isDisabled={typed !== target || isBusy} onPress={() => onConfirm(typed)}>
            {isBusy
              ? t('losses.starting')
              : only === undefined
                ? t('losses.confirm', { count: losses.length })
                : t('losses.confirmRollBack')}
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
