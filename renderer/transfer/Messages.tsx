import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../shared/model/run.ts';
import { formatTimeOfDay } from '../ui/format.ts';
import { ToneIcon } from '../ui/Mark.tsx';
import styles from './Messages.module.css';

/** What both ends said, newest first. */
export function Messages({ messages }: { readonly messages: RunDetail['messages'] }) {
  const { t } = useTranslation();
  if (messages.length === 0) return <p className={styles.none}>{t('transfer.noMessages')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reachable by keyboard.
    <ul className={styles.list} tabIndex={0} aria-label={t('transfer.messages')}>
      {[...messages].reverse().map((message) => (
        <li key={`${message.at} ${message.host} ${message.text}`} className={styles.message}>
          <time className={styles.time} dateTime={message.at}>
            {formatTimeOfDay(Date.parse(message.at))}
          </time>
          <span className={styles.host}>{message.host}</span>
          <span className={styles.text}>
            {message.level === 'warning' && (
              <>
                <ToneIcon tone="warn" size={14} />
                <span className="visually-hidden">{t('transfer.warning')}</span>
              </>
            )}
            {message.text}
          </span>
        </li>
      ))}
    </ul>
  );
}
