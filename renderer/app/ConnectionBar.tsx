import { KeyRound, Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnection } from '../connection/state.ts';
import styles from './ConnectionBar.module.css';

/** A short gap is not worth a word. */
const PATIENCE_MS = 600;

/** Tells calmly that the line to the main process is down, and that it comes back by itself. */
export function ConnectionBar() {
  const { t } = useTranslation();
  const state = useConnection((connection) => connection.state);
  const wasOpen = useConnection(({ epoch }) => epoch > 0);
  const isDown = state.kind === 'reconnecting' || state.kind === 'connecting';
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isDown) return setIsLong(false);
    const timer = setTimeout(() => setIsLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isDown]);

  if (state.kind === 'refused' && !wasOpen) return null;
  if (state.kind === 'refused') {
    return (
      <div className={styles.bar} data-kind="refused" role="alert">
        <KeyRound aria-hidden size={16} />
        <span>
          <strong>{t('connection.refused')}</strong> {t('connection.refusedNext')}
        </span>
      </div>
    );
  }
  return (
    <div role="status" className={isDown && isLong ? styles.bar : undefined}>
      {isDown && isLong && (
        <>
          <Unplug aria-hidden size={16} />
          <span>
            <strong>{t(state.kind === 'connecting' ? 'connection.connecting' : 'connection.reconnecting')}</strong>{' '}
            {state.kind === 'reconnecting' && t('connection.reconnectingDetail')}
          </span>
        </>
      )}
    </div>
  );
}
