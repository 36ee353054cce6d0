/** Something worth knowing at this step, and what can be done about it at a press, if anything. */
import type { ReactNode } from 'react';
import styles from './Hint.module.css';

export function Hint({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={styles.hint} data-plain={action === undefined || undefined}>
      {children}
      {action}
    </div>
  );
}
