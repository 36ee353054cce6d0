import type { ReactNode } from 'react';
import styles from './KeyQuestion.module.css';

/** A host's key, to be compared by eye. */
export function KeyLine({
  label,
  fingerprint,
  children,
}: {
  /** Which key it is. */
  readonly label: string;
  readonly fingerprint: string;
  /** What can be done with it. */
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.key}>
      <span className={styles.type}>{label}</span>
      <code className={styles.fingerprint}>{fingerprint}</code>
      {children}
    </div>
  );
}
