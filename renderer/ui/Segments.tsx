import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import styles from './Segments.module.css';

/** One of two to four, side by side. */
export function Segments<K extends string>({
  label,
  choices,
  value,
  onChange,
}: {
  readonly label: string;
  readonly choices: readonly { readonly id: K; readonly label: string }[];
  readonly value: K;
  readonly onChange: (value: K) => void;
}) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = choices.find(({ id }) => keys.has(id));
        if (chosen !== undefined) onChange(chosen.id);
      }}
      className={styles.group ?? ''}
    >
      {choices.map(({ id, label: word }) => (
        <ToggleButton key={id} id={id} className={styles.segment ?? ''}>
          {word}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
