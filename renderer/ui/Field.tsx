import type { ReactNode } from 'react';
import { FieldError, Input, Label, Text, TextField, type TextFieldProps } from 'react-aria-components';
import { classNames } from './class-names.ts';
import styles from './Field.module.css';

export interface FieldProps extends Omit<TextFieldProps, 'className' | 'children' | 'style'> {
  readonly label: string;
  readonly hint?: ReactNode;
  /** A sentence that says what is wrong, or null. */
  readonly fault?: string | null;
  readonly placeholder?: string;
  /** Names and paths are set in the monospace face. */
  readonly mono?: boolean;
  /** Stands in the box's frame, before what is typed. */
  readonly prefix?: string;
  readonly suffix?: string;
  readonly className?: string | undefined;
}

export function Field({
  label,
  hint,
  fault = null,
  placeholder,
  mono = false,
  prefix,
  suffix,
  className,
  ...rest
}: FieldProps) {
  return (
    <TextField {...rest} isInvalid={fault !== null} className={classNames(styles.field, className)}>
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={classNames(styles.frame, fault !== null && styles.faulty)}>
        {prefix !== undefined && <span className={classNames(styles.affix, 'mono')}>{prefix}</span>}
        <Input
          className={classNames(styles.input, mono && 'mono')}
          placeholder={placeholder ?? ''}
          spellCheck={false}
          autoComplete="off"
        />
        {suffix !== undefined && <span className={styles.affix}>{suffix}</span>}
      </div>
      {hint !== undefined && (
        <Text slot="description" className={styles.hint ?? ''}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.fault ?? ''}>{fault}</FieldError>
    </TextField>
  );
}
