import styles from './Name.module.css';

/** A name on one line. Where it is too long its start is left out: its end is what tells it from its like. */
export function Name({ children }: { readonly children: string }) {
  return (
    <span className={styles.name} title={children}>
      <bdi dir="ltr">{children}</bdi>
    </span>
  );
}
