import type { FormEvent } from 'react';
import { Form, Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { PrivilegeSchema } from '../../shared/model/host.ts';
import { useAppInfo } from '../connection/app-info.ts';
import { Details } from '../ui/Details.tsx';
import { Field } from '../ui/Field.tsx';
import { Select } from '../ui/Select.tsx';
import styles from './AddressForm.module.css';
import { type HostForm, type HostFormFaults, nameOf } from './host-form.ts';

export function AddressForm({
  id,
  form,
  faults,
  onChange,
  onSubmit,
}: {
  readonly id: string;
  readonly form: HostForm;
  readonly faults: HostFormFaults;
  readonly onChange: (form: HostForm) => void;
  readonly onSubmit: () => void;
}) {
  const { t } = useTranslation();
  const info = useAppInfo();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <Form id={id} onSubmit={submit} className={styles.form ?? ''} validationBehavior="aria">
      <Field
        label={t('addHost.address')}
        hint={t('addHost.addressHint')}
        placeholder={t('addHost.addressExample')}
        fault={faults.address === undefined ? null : t(`addHost.faults.address.${faults.address}`)}
        value={form.address}
        onChange={(address) => onChange({ ...form, address })}
        mono
        autoFocus
      />
      <Field
        label={t('addHost.name')}
        hint={t('addHost.nameHint')}
        fault={faults.name === undefined ? null : t(`addHost.faults.name.${faults.name}`)}
        value={nameOf(form)}
        onChange={(name) => onChange({ ...form, name })}
      />
      <RadioGroup
        value={form.login}
        onChange={(login) => onChange({ ...form, login: login === 'file' ? 'file' : 'agent' })}
        className={styles.login ?? ''}
      >
        <Label className={styles.label ?? ''}>{t('addHost.login')}</Label>
        <Radio value="agent" className={styles.radio ?? ''}>
          <span className={styles.dot} aria-hidden />
          <span>
            {t('addHost.agent')}
            <span className={styles.soft}>{t(info.agent ? 'addHost.agentAnswers' : 'addHost.agentMissing')}</span>
          </span>
        </Radio>
        <Radio value="file" className={styles.radio ?? ''}>
          <span className={styles.dot} aria-hidden />
          <span>{t('addHost.file')}</span>
        </Radio>
      </RadioGroup>
      {form.login === 'file' && (
        <Field
          label={t('addHost.identityFile')}
          hint={t('addHost.identityFileHint')}
          placeholder={t('addHost.identityFileExample')}
          fault={faults.identityFile === undefined ? null : t('addHost.faults.identityFile.empty')}
          value={form.identityFile}
          onChange={(identityFile) => onChange({ ...form, identityFile })}
          mono
        />
      )}
      <Details summary={t('addHost.more')}>
        <Select
          label={t('addHost.privilege')}
          choices={PrivilegeSchema.options.map((privilege) => ({
            id: privilege,
            label: t(`addHost.privileges.${privilege}`),
          }))}
          value={form.privilege}
          onChange={(privilege) => onChange({ ...form, privilege })}
        />
      </Details>
    </Form>
  );
}
