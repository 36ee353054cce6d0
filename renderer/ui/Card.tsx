import type { ReactNode } from 'react';
import { useId } from 'react';
import styles from './Card.module.css';
import { classNames } from './class-names.ts';

/** A titled surface. */
export function Card({
  title,
  aside,
  children,
  isFlush = false,
}: {
  readonly title?: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  /** True where the content (a table) runs to the card's edge. */
  readonly isFlush?: boolean;
}) {
  const id = useId();
  return (
    <section className={classNames('surface', styles.card)} aria-labelledby={title === undefined ? undefined : id}>
      {title !== undefined && (
        <header className={styles.header}>
          <h2 id={id}>{title}</h2>
          {aside !== undefined && <div className={styles.aside}>{aside}</div>}
        </header>
      )}
      <div className={classNames(styles.body, isFlush && styles.flush)}>{children}</div>
    </section>
  );
}
