import { Search } from 'lucide-react';
import { Input, SearchField } from 'react-aria-components';
import styles from './FilterBar.module.css';

/** The filter above a list, with how many there are. */
export function FilterBar({
  label,
  placeholder,
  value,
  onChange,
  count,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (text: string) => void;
  /** In words; it is read out when it changes. */
  readonly count: string;
}) {
  return (
    <div className={styles.bar}>
      <SearchField aria-label={label} value={value} onChange={onChange} className={styles.search ?? ''}>
        <Search aria-hidden size={15} />
        <Input placeholder={placeholder} className={styles.input ?? ''} spellCheck={false} />
      </SearchField>
      <span className={styles.count} role="status">
        {count}
      </span>
    </div>
  );
}
