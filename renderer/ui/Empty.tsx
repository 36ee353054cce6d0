import type { ReactNode } from 'react';
import styles from './Empty.module.css';

/** An empty state: one sentence, one button, what is needed. */
export function Empty({
  icon,
  title,
  children,
  action,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <section className={styles.empty}>
      <div className={styles.icon}>{icon}</div>
      <h2>{title}</h2>
      {children !== undefined && <div className={styles.words}>{children}</div>}
      {action}
    </section>
  );
}

/** A calm line while something is read. */
export function Reading({ children }: { readonly children: ReactNode }) {
  return (
    <p className={styles.reading} role="status">
      {children}
    </p>
  );
}
