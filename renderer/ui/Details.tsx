import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './Details.module.css';

/** More, behind a line that says what. The browser's own element: keyboard, search and screen readers know it. */
export function Details({
  summary,
  children,
  isOpen = false,
  className,
}: {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  /** Opens it once; closing it is left to the person, under whose hands it would vanish otherwise. */
  readonly isOpen?: boolean;
  readonly className?: string | undefined;
}) {
  const [wasOpened, setWasOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setWasOpened(true);
  return (
    <details open={wasOpened} className={classNames(styles.details, className)}>
      <summary className={styles.summary}>
        <ChevronRight aria-hidden size={16} className={styles.chevron} />
        <span>{summary}</span>
      </summary>
      <div className={styles.body}>{children}</div>
    </details>
  );
}
