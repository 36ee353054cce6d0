import styles from './Meter.module.css';

/** How much of something is used; the words beside it say the same. @param fraction 0 to 1 */
export function Meter({ fraction }: { readonly fraction: number }) {
  const width = Math.min(1, Math.max(0, fraction)) * 100;
  return (
    <svg aria-hidden="true" className={styles.meter} viewBox="0 0 100 4" preserveAspectRatio="none">
      <rect width="100" height="4" className={styles.track} />
      <rect width={width} height="4" className={styles.fill} />
    </svg>
  );
}
