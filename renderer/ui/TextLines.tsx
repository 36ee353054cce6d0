import type { ReactNode } from 'react';
import { FieldError, Label, Text, TextArea, TextField } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './Field.module.css';

/** A field of several lines, for names and commands. */
export function TextLines({
  label,
  hint,
  fault,
  value,
  onChange,
}: {
  readonly label: string;
  readonly hint: ReactNode;
  readonly fault: string | null;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <TextField value={value} onChange={onChange} isInvalid={fault !== null} className={styles.field ?? ''}>
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={classNames(styles.frame, fault !== null && styles.faulty)}>
        <TextArea className={classNames(styles.lines, 'mono')} rows={3} spellCheck={false} />
      </div>
      <Text slot="description" className={styles.hint ?? ''}>
        {hint}
      </Text>
      <FieldError className={styles.fault ?? ''}>{fault}</FieldError>
    </TextField>
  );
}
