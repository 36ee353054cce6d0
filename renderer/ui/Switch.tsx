import type { ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';
import styles from './Switch.module.css';

/** A choice told as a sentence with a switch before it. */
export function Switch({
  isOn,
  onChange,
  title,
  isDisabled = false,
  children,
}: {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly title: string;
  readonly isDisabled?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div className={styles.row}>
      <AriaSwitch isSelected={isOn} onChange={onChange} isDisabled={isDisabled} className={styles.switch ?? ''}>
        <span className={styles.track} aria-hidden>
          <span className={styles.thumb} />
        </span>
        <span className={styles.title}>{title}</span>
      </AriaSwitch>
      {children !== undefined && <div className={styles.detail}>{children}</div>}
    </div>
  );
}
