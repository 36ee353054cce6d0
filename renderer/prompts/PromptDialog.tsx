import { type FormEvent, useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import type { Prompt } from '../../shared/model/prompt.ts';
import { sluice } from '../connection/client.ts';
import { useAction } from '../connection/use-action.ts';
import { useHosts } from '../hosts/use-hosts.ts';
import { say } from '../texts/engine/say.ts';
import { Button } from '../ui/Button.tsx';
import { Copy } from '../ui/Copy.tsx';
import { FailureCard } from '../ui/FailureCard.tsx';
import { Field } from '../ui/Field.tsx';
import { Mark } from '../ui/Mark.tsx';
import { Modal } from '../ui/Modal.tsx';
import { Switch } from '../ui/Switch.tsx';
import styles from './PromptDialog.module.css';
import { usePrompts } from './watch-prompts.ts';

/** What a host asks at login, one question after the other. */
export function Prompts() {
  const prompt = usePrompts(({ open }) => open[0]);
  return prompt === undefined ? null : <PromptDialog key={prompt.id} prompt={prompt} />;
}

const FORM = 'prompt';
const answer = async (id: string, answers: readonly string[], remember: boolean): Promise<true> => {
  await sluice.prompts.answer({ id, answers: [...answers], remember });
  return true;
};
const cancel = async (id: string): Promise<true> => {
  await sluice.prompts.cancel({ id });
  return true;
};

function PromptDialog({ prompt }: { readonly prompt: Prompt }) {
  const { t } = useTranslation();
  const [answers, setAnswers] = useState<readonly string[]>(() => prompt.fields.map(() => ''));
  const [remember, setRemember] = useState(false);
  const answering = useAction(answer);
  const cancelling = useAction(cancel);
  const isKey = prompt.kind === 'host-key';
  const isPractice = useHosts().data?.some(({ name, practice }) => name === prompt.host && practice) === true;
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    void answering.run(prompt.id, answers, remember);
  };
  const failure = answering.failure ?? cancelling.failure;
  return (
    <Modal
      isOpen
      isAlert={isKey}
      title={isKey ? t('hostKey.title', { name: prompt.host }) : t('prompts.title', { host: prompt.host })}
      onClose={() => void cancelling.run(prompt.id)}
      footer={
        <>
          <Button autoFocus={isKey} onPress={() => void cancelling.run(prompt.id)}>
            {t('ui.cancel')}
          </Button>
          {isKey ? (
            <Button look="primary" isDisabled={answering.busy} onPress={() => submit()}>
              {t('prompts.trust')}
            </Button>
          ) : (
            <Button look="primary" type="submit" form={FORM} isDisabled={answering.busy}>
              {t('prompts.goOn')}
            </Button>
          )}
        </>
      }
    >
      <p>{say(prompt.title)}</p>
      <p className={styles.address}>{prompt.address}</p>
      {prompt.instructions !== '' && <p className={styles.said}>{say(prompt.instructions)}</p>}
      {isPractice && !isKey && <p className={styles.soft}>{t('prompts.practice')}</p>}
      {prompt.again && <Mark tone="warn">{t('prompts.again')}</Mark>}
      {prompt.key !== null && (
        <div className={styles.key}>
          <span>{t('hostKey.key', { type: prompt.key.type })}</span>
          <code className={styles.fingerprint}>{prompt.key.fingerprint}</code>
          <Copy text={prompt.key.fingerprint} what={t('hostKey.fingerprint')} />
          <p className={styles.soft}>{t('hostKey.compare', { name: prompt.host })}</p>
          <code className={styles.fingerprint}>{prompt.key.compare}</code>
        </div>
      )}
      {!isKey && (
        <Form id={FORM} onSubmit={submit} className={styles.form ?? ''}>
          {prompt.fields.map((field, index) => (
            <Field
              key={field.label}
              label={say(field.label)}
              type={field.echo ? 'text' : 'password'}
              value={answers[index] ?? ''}
              onChange={(typed) => setAnswers(answers.map((before, at) => (at === index ? typed : before)))}
              autoFocus={index === 0}
            />
          ))}
          {prompt.canRemember && (
            <Switch title={t('prompts.remember')} isOn={remember} onChange={setRemember}>
              {t('prompts.rememberDetail')}
            </Switch>
          )}
        </Form>
      )}
      {failure !== null && <FailureCard failure={failure} />}
    </Modal>
  );
}
